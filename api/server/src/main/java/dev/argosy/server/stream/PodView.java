package dev.argosy.server.stream;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.PodRef;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a conversation needs to know of a pod. */
record PodView(
    PodRef ref,
    String node,
    List<String> containers,
    List<String> initContainers,
    List<String> ephemeralContainers,
    JsonNode status) {

  PodView {
    containers = List.copyOf(containers);
    initContainers = List.copyOf(initContainers);
    ephemeralContainers = List.copyOf(ephemeralContainers);
  }

  static PodView of(ApiObject pod) {
    JsonNode tree = pod.tree();
    JsonNode spec = tree.path("spec");
    return new PodView(
        new PodRef(pod.cluster(), pod.namespace(), pod.name(), pod.meta().uid()),
        spec.path("nodeName").asString(""),
        names(spec.path("containers")),
        names(spec.path("initContainers")),
        names(spec.path("ephemeralContainers")),
        tree.path("status"));
  }

  /**
   * The container that is meant.
   *
   * @param wanted empty if the client named none, which is right for a single container only
   */
  String container(String wanted) {
    if (wanted.isEmpty()) {
      if (containers.size() == 1) {
        return containers.getFirst();
      }
      throw new StatusException(Status.badRequest(mustBeNamed()));
    }
    if (containers.contains(wanted)
        || initContainers.contains(wanted)
        || ephemeralContainers.contains(wanted)) {
      return wanted;
    }
    throw new StatusException(
        Status.badRequest("container " + wanted + " is not valid for pod " + ref.name()));
  }

  /** The node, or a refusal if the pod has none yet. */
  String assignedNode() {
    if (node.isEmpty()) {
      throw new StatusException(
          Status.badRequest("pod " + ref.name() + " does not have a host assigned"));
    }
    return node;
  }

  /** Why the container has no log, as the pod's status tells it. */
  Status noLog(String container, boolean previous) {
    String about = "container \"" + container + "\" in pod \"" + ref.name() + "\"";
    if (previous) {
      return Status.badRequest("previous terminated " + about + " not found");
    }
    JsonNode waiting = statusOf(container).path("state").path("waiting");
    if (waiting.isMissingNode()) {
      return Status.badRequest(about + " is not available");
    }
    String why =
        switch (waiting.path("reason").asString("")) {
          case "" -> "no logs yet";
          case "ErrImagePull" -> "image can't be pulled";
          case "ImagePullBackOff" -> "trying and failing to pull image";
          default -> waiting.path("reason").asString("");
        };
    return Status.badRequest(about + " is waiting to start: " + why);
  }

  private JsonNode statusOf(String container) {
    for (String list :
        List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
      for (JsonNode entry : status.path(list)) {
        if (entry.path("name").asString("").equals(container)) {
          return entry;
        }
      }
    }
    return status.path("none");
  }

  private String mustBeNamed() {
    StringBuilder text = new StringBuilder("a container name must be specified for pod ");
    text.append(ref.name()).append(", choose one of: ").append(spaced(containers));
    if (!initContainers.isEmpty()) {
      text.append(" or one of the init containers: ").append(spaced(initContainers));
    }
    if (!ephemeralContainers.isEmpty()) {
      text.append(" or one of the ephemeral containers: ").append(spaced(ephemeralContainers));
    }
    return text.toString();
  }

  private static String spaced(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(entry -> names.add(entry.path("name").asString("")));
    return names;
  }
}

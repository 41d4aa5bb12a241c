package dev.argosy.scheduler.whatif;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.pod.PodView;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a query's object what is asked, with the pod as the API would admit it. Blocks. */
final class Preparation {

  /** What comes of it. */
  sealed interface Outcome {

    /**
     * It can be answered.
     *
     * @param admission why such a pod would not be let in now; empty if it would
     */
    record Ready(Asked asked, String admission) implements Outcome {}

    /** It cannot, for a reason in one word and in words. */
    record Refused(String reason, String message) implements Outcome {}
  }

  private static final String QUOTA_GATE = "argosy.dev/quota";

  private final ApiClient client;

  Preparation(ApiClient client) {
    this.client = client;
  }

  /**
   * @throws dev.argosy.model.status.StatusException if the API cannot tell at the moment
   */
  Outcome of(ApiObject query) {
    JsonNode spec = query.tree().path("spec");
    String pod = spec.path("podName").asString("");
    return pod.isEmpty() ? template(query, spec) : present(query, spec, pod);
  }

  private Outcome present(ApiObject query, JsonNode spec, String name) {
    ObjectKey key = new ObjectKey(PodView.PODS, query.cluster(), query.namespace(), name);
    Optional<ApiObject> pod = client.get(key).orAbsent();
    if (pod.isEmpty()) {
      return new Outcome.Refused("PodNotFound", "there is no pod " + name);
    }
    String node = PodView.of(pod.get()).node();
    if (!node.isEmpty()) {
      return new Outcome.Refused("PodScheduled", "pod " + name + " has the node " + node);
    }
    ObjectNode tree = pod.get().tree().deepCopy();
    return new Outcome.Ready(new Asked(key, tree, 1, spec.path("assume")), waiting(tree));
  }

  private Outcome template(ApiObject query, JsonNode spec) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata").put("generateName", query.name() + "-");
    JsonNode template = spec.path("template");
    for (String part : new String[] {"labels", "annotations"}) {
      if (template.path("metadata").get(part) instanceof ObjectNode found) {
        metadata.set(part, found.deepCopy());
      }
    }
    pod.set("spec", template.path("spec").deepCopy());
    ResourceScope scope = ResourceScope.namespace(PodView.PODS, query.cluster(), query.namespace());
    ObjectKey key =
        new ObjectKey(PodView.PODS, query.cluster(), query.namespace(), "asked-" + query.name());
    return switch (client.tryCreate(scope, pod.deepCopy())) {
      case ApiResult.Ok<ApiObject>(ApiObject admitted) -> {
        ObjectNode tree = admitted.tree().deepCopy();
        yield ready(key, tree, spec, waiting(tree));
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.code() < 500 -> {
        requestsFromLimits(pod);
        yield ready(key, pod, spec, status.message());
      }
      case ApiResult.Refused<ApiObject>(Status status) -> throw status.asException();
    };
  }

  private static Outcome ready(ObjectKey key, ObjectNode pod, JsonNode spec, String admission) {
    if (pod.path("spec").get("volumes") instanceof ArrayNode volumes) {
      for (int i = volumes.size() - 1; i >= 0; i--) {
        if (volumes.get(i).has("ephemeral")) {
          volumes.remove(i); // its claim is made with the pod
        }
      }
    }
    pod.withObject("/metadata").remove("uid");
    return new Outcome.Ready(
        new Asked(key, pod, spec.path("count").asInt(1), spec.path("assume")), admission);
  }

  private static String waiting(ObjectNode pod) {
    for (JsonNode gate : pod.path("spec").path("schedulingGates")) {
      String name = gate.path("name").asString("");
      return name.equals(QUOTA_GATE)
          ? "it would wait until a quota has room"
          : "it has the scheduling gate " + name;
    }
    return "";
  }

  /** What the API would fill in if it let the pod in. */
  private static void requestsFromLimits(ObjectNode pod) {
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : pod.path("spec").path(list)) {
        JsonNode limits = container.path("resources").path("limits");
        if (!limits.isEmpty()) {
          ObjectNode requests = ((ObjectNode) container).withObject("/resources/requests");
          for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            requests.putIfAbsent(limit.getKey(), limit.getValue());
          }
        }
      }
    }
  }
}

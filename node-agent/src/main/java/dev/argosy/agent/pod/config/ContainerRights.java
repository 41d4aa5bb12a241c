package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import dev.argosy.agent.runtime.spi.ContainerSpec.Privileges;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Limits and rights of a container; its own settings win over its pod's. */
final class ContainerRights {

  private ContainerRights() {}

  /** All but its place in the row of what the kernel ends first. */
  static Limits limits(ContainerView container) {
    JsonNode resources = container.tree().path("resources");
    long cpuLimit = Quantities.thousandths(resources.path("limits").path("cpu").asString(""));
    String requested = resources.path("requests").path("cpu").asString("");
    long cpu = requested.isEmpty() ? cpuLimit : Quantities.thousandths(requested);
    long memory = Quantities.whole(resources.path("limits").path("memory").asString(""));
    return new Limits(
        (int) Math.clamp(cpu * 1024 / 1000, 2, 262_144),
        cpuLimit == 0 ? 0 : Math.max(1000, cpuLimit * 100),
        memory,
        0);
  }

  static Privileges privileges(
      PodView pod, ContainerView container, Image image, Confinement confinement)
      throws ConfigFailure {
    JsonNode own = container.tree().path("securityContext");
    JsonNode pods = pod.spec().path("securityContext");
    if (setting(own, pods, "runAsNonRoot").asBoolean(false)) {
      refuseRoot(pod, container, setting(own, pods, "runAsUser").asString(""), image);
    }
    List<String> groups = new ArrayList<>(texts(pods.path("supplementalGroups")));
    if (pods.path("fsGroup").isNumber()) {
      groups.add(pods.path("fsGroup").asString(""));
    }
    return new Privileges(
        user(own, pods, image),
        groups,
        own.path("privileged").asBoolean(false),
        own.path("allowPrivilegeEscalation").isBoolean()
            && !own.path("allowPrivilegeEscalation").asBoolean(),
        own.path("readOnlyRootFilesystem").asBoolean(false),
        confinement.seccompUnconfined(),
        texts(own.path("capabilities").path("add")),
        texts(own.path("capabilities").path("drop")),
        confinement.seccompFile(),
        confinement.appArmor());
  }

  private static JsonNode setting(JsonNode own, JsonNode pods, String field) {
    return own.path(field).isMissingNode() ? pods.path(field) : own.path(field);
  }

  /** A group alone goes with the image's user. */
  private static String user(JsonNode own, JsonNode pods, Image image) {
    String user = setting(own, pods, "runAsUser").asString("");
    String group = setting(own, pods, "runAsGroup").asString("");
    if (group.isEmpty()) {
      return user;
    }
    String first = user.isEmpty() ? image.user().split(":", 2)[0] : user;
    return (first.isEmpty() ? "0" : first) + ":" + group;
  }

  /** Only numbers can be told from root: what a name means stands in the image. */
  private static void refuseRoot(PodView pod, ContainerView container, String wanted, Image image)
      throws ConfigFailure {
    String which =
        " (pod: \"%s_%s(%s)\", container: %s)"
            .formatted(pod.key().name(), pod.key().namespace(), pod.uid(), container.name());
    if (wanted.equals("0")) {
      throw new ConfigFailure("container's runAsUser breaks non-root policy" + which);
    }
    if (!wanted.isEmpty()) {
      return;
    }
    String user = image.user().split(":", 2)[0];
    if (user.isEmpty() || user.equals("0")) {
      throw new ConfigFailure("container has runAsNonRoot and image will run as root" + which);
    }
    if (!user.chars().allMatch(Character::isDigit)) {
      throw new ConfigFailure(
          "container has runAsNonRoot and image has non-numeric user (%s), cannot verify user is"
                  .formatted(user)
              + " non-root"
              + which);
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(n -> n.asString("")).toList();
  }
}

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

  static Privileges privileges(PodView pod, ContainerView container, Image image)
      throws ConfigFailure {
    JsonNode own = container.tree().path("securityContext");
    JsonNode pods = pod.spec().path("securityContext");
    String user = user(own, pods);
    if (setting(own, pods, "runAsNonRoot").asBoolean(false) && root(user, image)) {
      throw new ConfigFailure("container has runAsNonRoot and image will run as root");
    }
    List<String> groups = new ArrayList<>(texts(pods.path("supplementalGroups")));
    if (pods.path("fsGroup").isNumber()) {
      groups.add(pods.path("fsGroup").asString(""));
    }
    return new Privileges(
        user,
        groups,
        own.path("privileged").asBoolean(false),
        own.path("allowPrivilegeEscalation").isBoolean()
            && !own.path("allowPrivilegeEscalation").asBoolean(),
        own.path("readOnlyRootFilesystem").asBoolean(false),
        setting(own, pods, "seccompProfile").path("type").asString("").equals("Unconfined"),
        texts(own.path("capabilities").path("add")),
        texts(own.path("capabilities").path("drop")));
  }

  private static JsonNode setting(JsonNode own, JsonNode pods, String field) {
    return own.path(field).isMissingNode() ? pods.path(field) : own.path(field);
  }

  private static String user(JsonNode own, JsonNode pods) {
    String user = setting(own, pods, "runAsUser").asString("");
    String group = setting(own, pods, "runAsGroup").asString("");
    return group.isEmpty() ? user : (user.isEmpty() ? "0" : user) + ":" + group;
  }

  private static boolean root(String user, Image image) {
    String effective = (user.isEmpty() ? image.user() : user).split(":", 2)[0];
    return effective.isEmpty() || effective.equals("0") || effective.equals("root");
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(n -> n.asString("")).toList();
  }
}

package dev.argosy.agent.pod.status;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.runtime.spi.ContainerUser;
import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a container's {@code volumeMounts}, and whom it runs as.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/volumes/#recursive-read-only-mounts">Kubernetes:
 *     recursive read-only mounts</a>
 */
final class MountStatuses {

  private MountStatuses() {}

  static void put(ObjectNode status, ContainerView container) {
    ArrayNode mounts = Json.mapper().createArrayNode();
    for (JsonNode mount : container.tree().path("volumeMounts")) {
      mounts.add(of(mount));
    }
    if (!mounts.isEmpty()) {
      status.set("volumeMounts", mounts);
    }
  }

  /** A mount is read-only to its depths where that was required: else the pod had not begun. */
  private static ObjectNode of(JsonNode mount) {
    ObjectNode status = Json.object();
    status.put("mountPath", mount.path("mountPath").asString(""));
    status.put("name", mount.path("name").asString(""));
    if (mount.path("readOnly").asBoolean(false)) {
      boolean required = mount.path("recursiveReadOnly").asString("").equals("Enabled");
      status.put("readOnly", true).put("recursiveReadOnly", required ? "Enabled" : "Disabled");
    }
    return status;
  }

  static void put(ObjectNode status, ContainerUser user) {
    ObjectNode linux = status.putObject("user").putObject("linux");
    linux.put("gid", user.gid());
    if (!user.groups().isEmpty()) {
      ArrayNode groups = linux.putArray("supplementalGroups");
      user.groups().forEach(groups::add);
    }
    linux.put("uid", user.uid());
  }
}

package dev.argosy.controllers.csi.attach;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code status.volumesAttached} of nodes. Several volumes of a node are worked on at once,
 * and its agent writes the status, too: each write names the state that it changes.
 */
final class AttachedReport {

  private final ApiClient client;

  AttachedReport(ApiClient client) {
    this.client = client;
  }

  /**
   * Says that a volume is attached, or no longer.
   *
   * @return the node's state that says so; empty if there is no such node
   * @throws dev.argosy.model.status.StatusException if it could not be written, among other reasons
   *     because somebody else has just written
   */
  Optional<AttachNode> say(String node, String volume, boolean attached) {
    Optional<ApiObject> found = client.get(AttachNode.key(node)).orAbsent();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    AttachNode present = AttachNode.of(found.get());
    Set<String> names = new TreeSet<>(present.attached());
    boolean changes = attached ? names.add(volume) : names.remove(volume);
    if (!changes) {
      return Optional.of(present);
    }
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .put("uid", found.get().meta().uid())
        .put("resourceVersion", Long.toString(found.get().revision()));
    ObjectNode status = patch.putObject("status");
    if (names.isEmpty()) {
      status.putNull("volumesAttached");
    } else {
      ArrayNode all = status.putArray("volumesAttached");
      names.forEach(name -> all.addObject().put("name", name).put("devicePath", ""));
    }
    ApiResult<ApiObject> written = client.patch(AttachNode.key(node), "status", Patch.merge(patch));
    return Optional.of(AttachNode.of(written.orThrow()));
  }
}

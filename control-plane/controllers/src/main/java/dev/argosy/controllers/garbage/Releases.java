package dev.argosy.controllers.garbage;

import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes references and finalizers off objects: each time made of the present state, and written
 * only if it has not changed since.
 */
final class Releases {

  private static final String OWNERS = "ownerReferences";
  private static final String FINALIZERS = "finalizers";
  private static final String BLOCKS = "blockOwnerDeletion";

  private final ApiClient client;

  Releases(ApiClient client) {
    this.client = client;
  }

  /** Without the references to owners of these uids. */
  Outcome fromOwners(ObjectKey key, Predicate<String> uids) {
    return edit(key, OWNERS, owner -> uids.test(owner.path("uid").asString("")), Edit.REMOVE);
  }

  /** With references that no longer hold up the deletion of owners. */
  Outcome unblock(ObjectKey key) {
    return edit(key, OWNERS, owner -> owner.path(BLOCKS).asBoolean(false), Edit.UNBLOCK);
  }

  Outcome fromFinalizer(ObjectKey key, String finalizer) {
    return edit(key, FINALIZERS, entry -> entry.asString("").equals(finalizer), Edit.REMOVE);
  }

  static Outcome outcome(ApiResult<ApiObject> result) {
    return result instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != Reason.NOT_FOUND
        ? Outcome.of(status)
        : Outcome.DONE;
  }

  private enum Edit {
    REMOVE,
    UNBLOCK
  }

  private Outcome edit(ObjectKey key, String list, Predicate<JsonNode> concerned, Edit edit) {
    Optional<ApiObject> found = client.get(key).orAbsent();
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    JsonNode entries = found.get().metadataTree().path(list);
    ArrayNode kept = Json.mapper().createArrayNode();
    boolean changed = false;
    for (JsonNode entry : entries) {
      boolean touched = concerned.test(entry);
      changed |= touched;
      if (!touched) {
        kept.add(entry);
      } else if (edit == Edit.UNBLOCK) {
        kept.add(((ObjectNode) entry).put(BLOCKS, false));
      }
    }
    return changed ? write(found.get(), list, kept) : Outcome.DONE;
  }

  private Outcome write(ApiObject object, String list, ArrayNode kept) {
    ObjectNode patch = Json.object();
    ObjectNode change = patch.putObject("metadata");
    change.put("uid", object.meta().uid());
    change.put("resourceVersion", Long.toString(object.revision()));
    change.set(list, kept);
    return outcome(client.patch(object.key(), "", Patch.merge(patch)));
  }
}

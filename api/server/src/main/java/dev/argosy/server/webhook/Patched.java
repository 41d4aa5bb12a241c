package dev.argosy.server.webhook;

import dev.argosy.model.object.Json;
import dev.argosy.model.patch.JsonPatch;
import dev.argosy.model.patch.PatchException;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.StatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies what a webhook wants changed. */
final class Patched {

  private Patched() {}

  /**
   * Whether the object changed.
   *
   * @throws StatusException InternalError if the patch does not fit, or makes no valid object
   */
  static boolean apply(Hook hook, Bodies bodies, JsonNode patch) {
    if (patch.isArray() && patch.isEmpty()) {
      return false;
    }
    ObjectNode before = bodies.object();
    if (before == null) {
      throw HookCaller.internal(
          "admission webhook \""
              + hook.name()
              + "\" attempted to modify the object, which is not supported for this operation");
    }
    ObjectNode after = patched(bodies, before, patch);
    if (Json.same(before, after)) {
      return false;
    }
    bodies.request().become(bodies.back(after));
    return true;
  }

  private static ObjectNode patched(Bodies bodies, ObjectNode before, JsonNode patch) {
    try {
      if (JsonPatch.apply(before, patch) instanceof ObjectNode after) {
        after.set("apiVersion", before.path("apiVersion"));
        after.set("kind", before.path("kind"));
        requireMetadata(before, after);
        bodies.seen().ifPresent(kind -> complete(kind, after));
        return after;
      }
      throw HookCaller.internal("the patch makes no object");
    } catch (PatchException e) {
      throw HookCaller.internal(String.valueOf(e.getMessage()));
    }
  }

  private static void requireMetadata(ObjectNode before, ObjectNode after) {
    if (before.has("metadata") && !after.path("metadata").isObject()) {
      throw HookCaller.internal("the patch makes an object without metadata");
    }
  }

  /** Unknown fields go, defaults come. */
  private static void complete(KindSchema kind, ObjectNode object) {
    try {
      kind.prune(object);
      kind.applyDefaults(object);
    } catch (StatusException e) {
      throw HookCaller.internal(e.status().message());
    }
  }
}

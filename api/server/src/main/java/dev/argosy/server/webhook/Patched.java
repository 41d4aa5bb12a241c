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
   * Whether the object changed. It stays the same tree, since others hold on to it and to its
   * metadata.
   *
   * @throws StatusException InternalError if the patch does not fit, or makes no valid object
   */
  static boolean apply(Hook hook, Bodies bodies, JsonNode patch) {
    if (patch.isArray() && patch.isEmpty()) {
      return false;
    }
    ObjectNode target = bodies.request().object();
    ObjectNode before = bodies.object();
    if (target == null || before == null) {
      throw HookCaller.internal(
          "admission webhook \""
              + hook.name()
              + "\" attempted to modify the object, which is not supported for this operation");
    }
    ObjectNode after = patched(bodies, before, patch);
    if (Json.same(before, after)) {
      return false;
    }
    replace(target, bodies.back(after));
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

  private static void replace(ObjectNode target, ObjectNode wanted) {
    JsonNode metadata = target.get("metadata");
    JsonNode wantedMetadata = wanted.get("metadata");
    target.removeAll();
    target.setAll(wanted);
    if (metadata instanceof ObjectNode own && wantedMetadata instanceof ObjectNode now) {
      own.removeAll();
      own.setAll(now);
      target.set("metadata", own);
    }
  }
}

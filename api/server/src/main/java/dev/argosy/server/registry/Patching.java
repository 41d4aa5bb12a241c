package dev.argosy.server.registry;

import dev.argosy.model.client.Patch;
import dev.argosy.model.patch.JsonPatch;
import dev.argosy.model.patch.MergePatch;
import dev.argosy.model.patch.PatchException;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a patch to an object, in all formats but server-side apply. */
final class Patching {

  private Patching() {}

  /** The patch format of a media type; UnsupportedMediaType for any other. */
  static Patch.Form form(String mediaType) {
    for (Patch.Form form : Patch.Form.values()) {
      if (form.mediaType().equals(mediaType)) {
        return form;
      }
    }
    throw unsupported();
  }

  private static RuntimeException unsupported() {
    return Status.of(
            Reason.UNSUPPORTED_MEDIA_TYPE,
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json-patch+json, application/merge-patch+json,"
                + " application/strategic-merge-patch+json, application/apply-patch+yaml")
        .asException();
  }

  /** The patched object; {@code present} is not changed. */
  static ObjectNode apply(
      Patch.Form form, JsonNode patch, ObjectNode present, KindSchema kind, String name) {
    try {
      return BodyCheck.requireObject(patched(form, patch, present, kind));
    } catch (PatchException e) {
      if (e.malformed()) {
        throw Status.badRequest(String.valueOf(e.getMessage())).asException();
      }
      Cause cause = new Cause("FieldValueInvalid", String.valueOf(e.getMessage()), "patch");
      throw Status.invalid(kind.type().group(), kind.type().kind(), name, List.of(cause))
          .asException();
    }
  }

  /** Built-in kinds always have a status in Kubernetes, so patches may name what is below it. */
  private static JsonNode jsonPatched(ObjectNode present, JsonNode patch, KindSchema kind) {
    boolean hasStatus = kind.type().subresources().contains("status");
    if (kind.struct().isEmpty() || !hasStatus || present.has("status")) {
      return JsonPatch.apply(present, patch);
    }
    ObjectNode complete = present.deepCopy();
    complete.putObject("status");
    JsonNode patched = JsonPatch.apply(complete, patch);
    if (patched instanceof ObjectNode object
        && object.path("status").isObject()
        && object.path("status").isEmpty()) {
      object.remove("status");
    }
    return patched;
  }

  private static JsonNode patched(
      Patch.Form form, JsonNode patch, ObjectNode present, KindSchema kind) {
    return switch (form) {
      case JSON -> jsonPatched(present, patch, kind);
      case MERGE -> MergePatch.apply(present, BodyCheck.requireObject(patch));
      case STRATEGIC -> kind.strategicMerge(present, BodyCheck.requireObject(patch));
      case APPLY -> throw unsupported();
    };
  }
}

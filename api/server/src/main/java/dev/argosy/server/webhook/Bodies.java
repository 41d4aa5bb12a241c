package dev.argosy.server.webhook;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionRequest.BodyKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write as one webhook sees it: in the version that its rules name.
 *
 * @param own the schema of the bodies in the client's version; empty if they are of another kind
 *     than the resource, as scales are
 * @param seen the same in the webhook's version
 */
record Bodies(
    AdmissionRequest request,
    ResourceType resource,
    Optional<KindSchema> own,
    Optional<KindSchema> seen) {

  /** As the client sent it. */
  static Bodies plain(AdmissionRequest request, KindSchema kind) {
    Optional<KindSchema> schema = describes(request, kind) ? Optional.of(kind) : Optional.empty();
    return new Bodies(request, kind.type(), schema, schema);
  }

  /** In another version of the resource. */
  static Bodies converted(AdmissionRequest request, KindSchema kind, KindSchema other) {
    Bodies plain = plain(request, kind);
    return new Bodies(
        request,
        other.type(),
        plain.own(),
        plain.own().isPresent() ? Optional.of(other) : plain.own());
  }

  private static boolean describes(AdmissionRequest request, KindSchema kind) {
    return request
        .kind()
        .equals(new BodyKind(kind.type().group(), kind.type().version(), kind.type().kind()));
  }

  /** The kind of the bodies as the webhook sees them. */
  BodyKind kind() {
    return seen.map(KindSchema::type)
        .map(type -> new BodyKind(type.group(), type.version(), type.kind()))
        .orElse(request.kind());
  }

  /** The object; a copy if it had to be converted. */
  @Nullable ObjectNode object() {
    return shown(request.object());
  }

  @Nullable ObjectNode old() {
    return shown(request.old());
  }

  private @Nullable ObjectNode shown(@Nullable ObjectNode object) {
    if (object == null || own.isEmpty() || own.equals(seen)) {
      return object;
    }
    return seen.get().fromStored(own.get().toStored(object.deepCopy()));
  }

  /** What a webhook made of the object, in the client's version. */
  ObjectNode back(ObjectNode changed) {
    return own.isEmpty() || own.equals(seen)
        ? changed
        : own.get().fromStored(seen.get().toStored(changed));
  }
}

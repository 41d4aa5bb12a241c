package dev.argosy.model.managed;

import dev.argosy.model.object.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration that {@code kubectl apply} without {@code --server-side} left in an annotation.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#upgrading-from-client-side-apply-to-server-side-apply">Upgrading
 *     from client-side apply</a>
 */
final class LastApplied {

  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  /** What all annotations together may have, in bytes. */
  private static final int MAX_LENGTH = 256 * 1024;

  private LastApplied() {}

  /** The fields that were applied on the client and still have the values they were given. */
  static FieldSet fields(TypeShape root, Writer writer, ObjectNode live) {
    String text = live.path("metadata").path("annotations").path(ANNOTATION).asString("");
    if (text.isEmpty()) {
      return FieldSet.EMPTY;
    }
    try {
      if (!(Json.mapper().readTree(text) instanceof ObjectNode applied)
          || !applied.path("apiVersion").asString("").equals(writer.apiVersion())) {
        return FieldSet.EMPTY;
      }
      FieldSet fields = Configuration.of(root, applied).fields();
      Comparison since = Comparison.of(root, applied, live);
      return fields.difference(since.changed()).difference(since.removed());
    } catch (JacksonException e) {
      return FieldSet.EMPTY;
    }
  }

  /** Keeps the annotation, if there is one, in step, so that the client-side way still works. */
  static void update(ObjectNode object, ObjectNode configuration) {
    JsonNode annotations = object.path("metadata").path("annotations");
    if (!(annotations instanceof ObjectNode all) || !all.has(ANNOTATION)) {
      return;
    }
    ObjectNode kept = configuration.deepCopy();
    if (kept.path("metadata").path("annotations") instanceof ObjectNode own) {
      own.remove(ANNOTATION);
      if (own.isEmpty() && kept.get("metadata") instanceof ObjectNode metadata) {
        metadata.remove("annotations");
      }
    }
    String text = Json.mapper().writeValueAsString(kept) + "\n";
    if (text.length() <= MAX_LENGTH) {
      all.put(ANNOTATION, text);
    }
  }
}

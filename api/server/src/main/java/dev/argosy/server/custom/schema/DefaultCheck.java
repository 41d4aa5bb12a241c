package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A default must itself be a good value: of known fields, complete, and valid. */
final class DefaultCheck {

  private DefaultCheck() {}

  static void check(JsonNode node, Path path, Problems problems) {
    JsonNode value = node.get("default");
    if (value == null || value.isNull()) {
      return;
    }
    Path at = path.child("default");
    Schema schema = SchemaReader.read(node);
    if (value instanceof ObjectNode object) {
      ObjectNode pruned = object.deepCopy();
      if (!Pruning.below(schema, pruned).isEmpty()) {
        problems.invalid(at, value, "must not have unknown fields");
      }
    }
    JsonNode completed = value.deepCopy();
    Defaulting.apply(schema, completed);
    Values.check(schema, completed, null, at, problems);
    ListUniqueness.check(schema, completed, at, problems);
  }
}

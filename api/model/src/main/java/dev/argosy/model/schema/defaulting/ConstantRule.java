package dev.argosy.model.schema.defaulting;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fixed value for a missing field.
 *
 * @param parents the objects on the way to the field; made when missing
 * @param value what a missing field gets
 */
record ConstantRule(String[] parents, String field, JsonNode value) implements Rule {

  static ConstantRule of(String path, JsonNode value) {
    int dot = path.lastIndexOf('.');
    String[] parents = dot < 0 ? new String[0] : path.substring(0, dot).split("\\.");
    return new ConstantRule(parents, path.substring(dot + 1), value);
  }

  @Override
  public void apply(ObjectNode object) {
    ObjectNode at = object;
    for (String parent : parents) {
      at = at.get(parent) instanceof ObjectNode there ? there : at.putObject(parent);
    }
    JsonNode old = at.get(field);
    if (old == null || old.isNull() || emptyText(old)) {
      at.set(field, value.isContainer() ? value.deepCopy() : value);
    }
  }

  private static boolean emptyText(JsonNode old) {
    return old.isString() && old.stringValue().isEmpty();
  }
}

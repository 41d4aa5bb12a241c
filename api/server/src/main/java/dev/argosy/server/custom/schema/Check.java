package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;

/** One thing that a value of the right type must fulfil. Values of other types are left alone. */
public interface Check {
  void of(JsonNode value, Path path, Problems problems);
}

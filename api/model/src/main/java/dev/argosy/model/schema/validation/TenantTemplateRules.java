package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Templates of tenants, as far as their objects' kinds need not be known. */
record TenantTemplateRules() implements KindRules {

  private static final int MOST_OBJECTS = 128;
  private static final Path OBJECTS = Path.of("spec").child("objects");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode objects = object.path("spec").path("objects");
    if (objects.size() > MOST_OBJECTS) {
      checks.tooMany(OBJECTS, objects.size(), MOST_OBJECTS);
    }
    for (int i = 0; i < objects.size(); i++) {
      JsonNode metadata = objects.get(i).path("metadata");
      if (metadata.path("name").asString("").isEmpty()) {
        checks.required(OBJECTS.at(i).child("metadata", "name"), "");
      }
      if (metadata.has("generateName")) {
        checks.forbidden(
            OBJECTS.at(i).child("metadata", "generateName"), "objects of a template have names");
      }
    }
  }
}

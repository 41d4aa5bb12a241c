package dev.argosy.server.custom.schema;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Objects within objects must say what they are ({@code x-kubernetes-embedded-resource}). */
public final class Embedded {

  private Embedded() {}

  /** Checks every embedded object below a value, not the value itself. */
  public static void check(Schema schema, JsonNode value, Path path, Problems problems) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        Schema below = schema.member(entry.getKey());
        if (below != null) {
          one(below, entry.getValue(), path.child(entry.getKey()), problems);
        }
      }
    } else if (value.isArray() && schema.shape().items() != null) {
      for (int i = 0; i < value.size(); i++) {
        one(schema.shape().items(), value.get(i), path.at(i), problems);
      }
    }
  }

  private static void one(Schema schema, JsonNode value, Path path, Problems problems) {
    if (schema.marks().embedded() && value.isObject()) {
      present(value, "apiVersion", path, problems);
      present(value, "kind", path, problems);
      metadata(value.path("metadata"), path.child("metadata"), problems);
    }
    check(schema, value, path, problems);
  }

  private static void present(JsonNode value, String field, Path path, Problems problems) {
    JsonNode found = value.path(field);
    if (!found.isMissingNode() && !found.isString()) {
      problems.wrongType(path.child(field), Values.typeOf(found), "must be a string");
    } else if (found.asString("").isEmpty()) {
      problems.required(path.child(field), "must not be empty");
    }
  }

  private static void metadata(JsonNode metadata, Path path, Problems problems) {
    if (metadata.isMissingNode()) {
      return;
    }
    if (!metadata.isObject()) {
      problems.wrongType(path, Values.typeOf(metadata), "must be an object");
      return;
    }
    String name = metadata.path("name").asString("");
    if (!name.isEmpty()) {
      problems.invalidIf(path.child("name"), name, NameRules.pathSegment(name));
    }
    metadata
        .path("labels")
        .forEachEntry((key, text) -> {
          problems.invalidIf(path.child("labels"), key, LabelRules.qualifiedName(key));
          String label = text.asString("");
          problems.invalidIf(path.child("labels"), label, LabelRules.labelValue(label));
        });
  }
}

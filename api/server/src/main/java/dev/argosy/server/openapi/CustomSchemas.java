package dev.argosy.server.openapi;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of custom resources, as their authors wrote them. */
final class CustomSchemas {

  /** What version 2 has no words for, and clients of it stumble over. */
  private static final List<String> NOT_IN_V2 = List.of("allOf", "anyOf", "oneOf", "not");

  private final Dialect dialect;

  CustomSchemas(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Adds the definitions of a kind and of its lists. */
  void addTo(Map<String, ObjectNode> definitions, KindSchema kind) {
    ResourceType type = kind.type();
    String name = TypeNames.of(type.apiVersion(), type.kind());
    kind.publishedSchema()
        .ifPresent(schema -> {
          definitions.put(name, whole(kind, schema));
          definitions.put(
              TypeNames.of(type.apiVersion(), kind.listKind()),
              ListSchemas.of(dialect, kind, name));
        });
  }

  private ObjectNode whole(KindSchema kind, ObjectNode schema) {
    boolean anything = dialect == Dialect.V2 && keepsUnknown(schema);
    ObjectNode definition =
        anything ? Json.object().put("type", "object") : described(schema.deepCopy());
    ResourceType type = kind.type();
    Definitions.identify(definition, type.group(), type.version(), type.kind());
    return definition;
  }

  private ObjectNode described(ObjectNode definition) {
    if (dialect == Dialect.V2) {
      simplify(definition);
    }
    ObjectNode own =
        definition.get("properties") instanceof ObjectNode found ? found : Json.object();
    ObjectNode properties = Json.object();
    properties.set(
        "apiVersion",
        ListSchemas.text("APIVersion defines the version of the schema that this object follows."));
    properties.set("kind", ListSchemas.text("Kind names the type of this object."));
    properties.set(
        "metadata",
        dialect
            .decorated(TypeNames.META + "ObjectMeta")
            .put("description", "Standard object's metadata."));
    own.remove(List.of("apiVersion", "kind", "metadata"));
    properties.setAll(own);
    definition.set("properties", properties);
    return definition;
  }

  /** Clients of version 2 take the properties of such a schema for all that there may be. */
  private static boolean keepsUnknown(JsonNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
  }

  private static void simplify(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    schema.remove(NOT_IN_V2);
    if (schema.path("nullable").asBoolean(false)) {
      schema.remove(List.of("nullable", "type", "properties", "items", "additionalProperties"));
    }
    if (keepsUnknown(schema)) {
      schema.remove(List.of("properties", "items"));
    }
    schema.path("properties").forEach(CustomSchemas::simplify);
    simplify(schema.path("items"));
    simplify(schema.path("additionalProperties"));
  }
}

package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.Field.Facets;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of single fields. */
record FieldSchemas(Dialect dialect) {

  static final String KIND = "x-kubernetes-group-version-kind";

  ObjectNode of(Field field, String description) {
    ObjectNode schema = type(field.type(), field.goType());
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
    JsonNode declared = field.declaredDefault();
    if (declared != null) {
      schema.set("default", declared);
    }
    facets(schema, field);
    return schema;
  }

  /** Lets a text, or each element of a list of texts, be one of these; any if there are none. */
  static void allow(ObjectNode schema, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    ObjectNode text = schema.get("items") instanceof ObjectNode items ? items : schema;
    if (text.path("type").asString("").equals("string")) {
      ArrayNode allowed = text.putArray("enum");
      values.forEach(allowed::add);
    }
  }

  private static void facets(ObjectNode schema, Field field) {
    Facets facets = field.facets();
    if (!facets.listType().isEmpty()) {
      boolean list = field.type() instanceof ListOf;
      schema.put(list ? "x-kubernetes-list-type" : "x-kubernetes-map-type", facets.listType());
    }
    if (!facets.mapKeys().isEmpty()) {
      ArrayNode keys = schema.putArray("x-kubernetes-list-map-keys");
      facets.mapKeys().forEach(keys::add);
    }
    if (!facets.mergeKey().isEmpty()) {
      schema.put("x-kubernetes-patch-merge-key", facets.mergeKey());
    }
    if (!facets.patchStrategies().isEmpty()) {
      schema.put(
          "x-kubernetes-patch-strategy", String.join(",", new TreeSet<>(facets.patchStrategies())));
    }
  }

  private ObjectNode type(FieldType type, String goType) {
    return switch (type) {
      case Struct struct -> dialect.decorated(TypeNames.of(struct.struct()));
      case ListOf list -> {
        ObjectNode schema = Json.object().put("type", "array");
        schema.set("items", type(list.item(), goType));
        yield schema;
      }
      case MapOf map -> {
        ObjectNode schema = Json.object().put("type", "object");
        schema.set("additionalProperties", type(map.value(), goType));
        yield schema;
      }
      case Scalar scalar -> scalar(scalar, goType);
    };
  }

  private ObjectNode scalar(Scalar scalar, String goType) {
    return switch (scalar) {
      case STRING -> plain("string", "");
      case INT32 -> plain("integer", "int32");
      case INT64 -> plain("integer", "int64");
      case DOUBLE -> plain("number", "double");
      case BOOLEAN -> plain("boolean", "");
      case BYTES -> plain("string", "byte");
      case TIME -> dialect.decorated(TypeNames.META + "Time");
      case MICRO_TIME -> dialect.decorated(TypeNames.META + "MicroTime");
      case QUANTITY -> dialect.decorated(TypeNames.QUANTITY);
      case INT_OR_STRING -> dialect.decorated(TypeNames.INT_OR_STRING);
      case ANY -> any(goType);
    };
  }

  private ObjectNode any(String goType) {
    if (goType.endsWith("RawExtension")) {
      return dialect.decorated(TypeNames.RAW);
    }
    if (goType.endsWith("FieldsV1")) {
      return dialect.decorated(TypeNames.META + "FieldsV1");
    }
    boolean anything = goType.endsWith("JSON") || goType.contains("JSONSchemaPropsOr");
    return anything ? Json.object() : plain("object", "");
  }

  private static ObjectNode plain(String type, String format) {
    ObjectNode schema = Json.object();
    if (!format.isEmpty()) {
      schema.put("format", format);
    }
    return schema.put("type", type);
  }
}

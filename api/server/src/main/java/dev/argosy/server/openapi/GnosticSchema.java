package dev.argosy.server.openapi;

import tools.jackson.databind.JsonNode;

/** Schemas of a version 2 document in gnostic's form; the numbers are those of its messages. */
final class GnosticSchema {

  private static final int REF = 1;
  private static final int FORMAT = 2;
  private static final int DESCRIPTION = 4;
  private static final int DEFAULT = 5;
  private static final int REQUIRED = 19;
  private static final int ENUM = 20;
  private static final int ADDITIONAL_PROPERTIES = 21;
  private static final int TYPE = 22;
  private static final int ITEMS = 23;
  private static final int PROPERTIES = 25;
  private static final int EXTENSION = 31;

  private GnosticSchema() {}

  static WireMessage of(JsonNode schema) {
    WireMessage message =
        new WireMessage()
            .text(REF, schema, "$ref")
            .text(FORMAT, schema, "format")
            .text(DESCRIPTION, schema, "description");
    if (schema.has("default")) {
      message.message(DEFAULT, WireMessage.any(schema.path("default")));
    }
    message.texts(REQUIRED, schema.path("required"));
    for (JsonNode allowed : schema.path("enum")) {
      message.message(ENUM, WireMessage.any(allowed));
    }
    if (schema.has("additionalProperties")) {
      WireMessage values = of(schema.path("additionalProperties"));
      message.message(ADDITIONAL_PROPERTIES, new WireMessage().message(1, values));
    }
    if (schema.has("type")) {
      message.message(TYPE, new WireMessage().text(1, schema, "type"));
    }
    if (schema.has("items")) {
      message.message(ITEMS, new WireMessage().message(1, of(schema.path("items"))));
    }
    if (schema.has("properties")) {
      message.message(PROPERTIES, named(schema.path("properties")));
    }
    return message.extensions(EXTENSION, schema);
  }

  /** Schemas by name: properties, and definitions. */
  static WireMessage named(JsonNode schemas) {
    WireMessage all = new WireMessage();
    schemas.forEachEntry((name, schema) -> all.message(1, WireMessage.named(name, of(schema))));
    return all;
  }
}

package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Where versions 2 and 3 of OpenAPI say the same thing differently. */
enum Dialect {
  V2("#/definitions/"),
  V3("#/components/schemas/");

  private final String prefix;

  Dialect(String prefix) {
    this.prefix = prefix;
  }

  /** A bare reference. */
  ObjectNode reference(String name) {
    return Json.object().put("$ref", prefix + name);
  }

  /** A reference that other members may stand beside. */
  ObjectNode decorated(String name) {
    if (this == V2) {
      return reference(name);
    }
    ObjectNode node = Json.object();
    node.putArray("allOf").add(reference(name));
    return node;
  }
}

package dev.argosy.store.cache;

import dev.argosy.model.object.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds {@code spec.nodeName} in an object's bytes without building a tree. */
final class NodeName {

  private NodeName() {}

  /** The name, or the empty string. */
  static String read(byte[] json) {
    try (JsonParser parser = Json.mapper().createParser(json)) {
      parser.nextToken();
      return enter(parser, "spec") && parser.currentToken() == JsonToken.START_OBJECT
          ? text(parser)
          : "";
    }
  }

  private static String text(JsonParser spec) {
    return enter(spec, "nodeName") && spec.currentToken() == JsonToken.VALUE_STRING
        ? spec.getString()
        : "";
  }

  /** Goes on to the value of a member of the object that the parser stands in. */
  private static boolean enter(JsonParser parser, String member) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = parser.currentName().equals(member);
      parser.nextToken();
      if (wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}

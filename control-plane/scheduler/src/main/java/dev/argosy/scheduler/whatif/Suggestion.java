package dev.argosy.scheduler.whatif;

import dev.argosy.model.object.Json;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change with which the pods fit.
 *
 * @param type one of those that the kind's description names
 * @param message in words
 * @param more writes the fields that are particular to the type
 */
record Suggestion(String type, String message, Consumer<ObjectNode> more) {

  static Suggestion plain(String type, String message) {
    return new Suggestion(type, message, o -> {});
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("type", type).put("message", message);
    more.accept(json);
    return json;
  }
}

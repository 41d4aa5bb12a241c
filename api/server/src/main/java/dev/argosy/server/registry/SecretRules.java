package dev.argosy.server.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Secrets: what is given as plain text is kept like the rest. */
final class SecretRules implements KindRules {

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    mergeStringData(object);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    mergeStringData(object);
  }

  private static void mergeStringData(ObjectNode object) {
    JsonNode plain = object.remove("stringData");
    if (plain == null || plain.isEmpty()) {
      return;
    }
    ObjectNode data =
        object.get("data") instanceof ObjectNode found ? found : object.putObject("data");
    plain.properties().forEach(e -> data.put(e.getKey(), base64(e.getValue().asString(""))));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

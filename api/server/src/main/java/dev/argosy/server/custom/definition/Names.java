package dev.argosy.server.custom.definition;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The names of a custom resource; empty where none is given. */
public record Names(
    String plural,
    String singular,
    String kind,
    String listKind,
    List<String> shortNames,
    List<String> categories) {

  public Names {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
  }

  public static Names of(JsonNode names) {
    return new Names(
        text(names, "plural"),
        text(names, "singular"),
        text(names, "kind"),
        text(names, "listKind"),
        texts(names.path("shortNames")),
        texts(names.path("categories")));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  /** Writes the names, leaving out what is empty where the API allows that. */
  public void into(ObjectNode node) {
    node.put("plural", plural).put("kind", kind);
    put(node, "singular", singular);
    put(node, "listKind", listKind);
    put(node, "shortNames", shortNames);
    put(node, "categories", categories);
  }

  private static void put(ObjectNode node, String field, String text) {
    if (!text.isEmpty()) {
      node.put(field, text);
    }
  }

  private static void put(ObjectNode node, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = node.putArray(field);
      texts.forEach(array::add);
    }
  }
}

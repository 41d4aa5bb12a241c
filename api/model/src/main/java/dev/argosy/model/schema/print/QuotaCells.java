package dev.argosy.model.schema.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of resource quotas: what is used of what is allowed. */
final class QuotaCells {

  private QuotaCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "requests" -> (quota, now) -> used(quota, false);
      case "limits" -> (quota, now) -> used(quota, true);
      case "guaranteed", "borrowed" -> (quota, now) -> amounts(quota.path("status").path(word));
      default -> throw new IllegalArgumentException("columns.tsv: quota " + word);
    };
  }

  private static String amounts(JsonNode list) {
    Map<String, String> sorted = new TreeMap<>();
    list.forEachEntry((name, amount) -> sorted.put(name, amount.asString("")));
    return joined(sorted);
  }

  private static String used(ObjectNode quota, boolean limits) {
    JsonNode status = quota.path("status");
    Map<String, String> sorted = new TreeMap<>();
    status
        .path("hard")
        .forEachEntry((name, hard) -> {
          if (name.startsWith("limits.") == limits) {
            sorted.put(
                name, status.path("used").path(name).asString("0") + "/" + hard.asString(""));
          }
        });
    return joined(sorted);
  }

  private static String joined(Map<String, String> sorted) {
    List<String> texts = new ArrayList<>();
    sorted.forEach((name, text) -> texts.add(name + ": " + text));
    return String.join(", ", texts);
  }
}

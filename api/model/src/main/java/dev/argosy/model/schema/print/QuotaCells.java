package dev.argosy.model.schema.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of resource quotas: what is used of what is allowed. */
final class QuotaCells {

  private QuotaCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "requests" -> (quota, now) -> used(quota, false);
      case "limits" -> (quota, now) -> used(quota, true);
      case "bands" -> (quota, now) -> bands(quota.path("status").path("bands"));
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
    return used(quota.path("status"), name -> name.startsWith("limits.") == limits);
  }

  private static String used(JsonNode status, Predicate<String> shown) {
    Map<String, String> sorted = new TreeMap<>();
    status
        .path("hard")
        .forEachEntry((name, hard) -> {
          if (shown.test(name)) {
            sorted.put(
                name, status.path("used").path(name).asString("0") + "/" + hard.asString(""));
          }
        });
    return joined(sorted);
  }

  /** What pods below each of them use. */
  private static String bands(JsonNode bands) {
    List<String> texts = new ArrayList<>();
    for (JsonNode band : bands) {
      texts.add("below " + band.path("name").asString("") + ": " + used(band, name -> true));
    }
    return String.join("; ", texts);
  }

  private static String joined(Map<String, String> sorted) {
    List<String> texts = new ArrayList<>();
    sorted.forEach((name, text) -> texts.add(name + ": " + text));
    return String.join(", ", texts);
  }
}

package dev.argosy.model.schema.print;

import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Labels and selectors in one line. */
final class Selections {

  private static final String NONE = "<none>";

  private Selections() {}

  /** {@code a=b,c=d}, sorted. */
  static String pairs(JsonNode labels) {
    if (labels.isEmpty()) {
      return NONE;
    }
    Map<String, String> sorted = new TreeMap<>();
    labels.forEachEntry((key, value) -> sorted.put(key, value.asString("")));
    return sorted.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }

  /** {@code a=b,c in (d,e),!f}. */
  static String selector(JsonNode selector) {
    try {
      String text = LabelSelector.ofObject(selector).toString();
      return text.isEmpty() ? NONE : text;
    } catch (SelectorSyntaxException e) {
      return "<error>";
    }
  }
}

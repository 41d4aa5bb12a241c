package dev.argosy.controllers.workload;

import tools.jackson.databind.JsonNode;

/** {@code maxSurge} or {@code maxUnavailable}: a number of pods or a percentage of all. */
public record Bound(int amount, boolean percent) {

  public static Bound of(JsonNode node, Bound otherwise) {
    if (node.isInt()) {
      return new Bound(node.asInt(0), false);
    }
    String text = node.asString("");
    try {
      return text.endsWith("%")
          ? new Bound(Integer.parseInt(text, 0, text.length() - 1, 10), true)
          : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  public int roundedUp(int all) {
    return percent ? (int) Math.ceil(amount * (double) all / 100) : amount;
  }

  public int roundedDown(int all) {
    return percent ? (int) ((long) amount * all / 100) : amount;
  }
}

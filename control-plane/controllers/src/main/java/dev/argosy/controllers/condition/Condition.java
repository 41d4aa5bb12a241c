package dev.argosy.controllers.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of {@code status.conditions}.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param updated {@code lastUpdateTime}; empty for kinds that have none
 * @param changed {@code lastTransitionTime}
 */
public record Condition(
    String type, String status, String reason, String message, String updated, String changed) {

  public static List<Condition> read(JsonNode status) {
    List<Condition> all = new ArrayList<>();
    for (JsonNode c : status.path("conditions")) {
      all.add(
          new Condition(
              text(c, "type"),
              text(c, "status"),
              text(c, "reason"),
              text(c, "message"),
              text(c, "lastUpdateTime"),
              text(c, "lastTransitionTime")));
    }
    return List.copyOf(all);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  public static Optional<Condition> find(List<Condition> all, String type) {
    return all.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  public static boolean isTrue(List<Condition> all, String type) {
    return find(all, type).filter(c -> c.status().equals("True")).isPresent();
  }

  /** The list without a type. */
  public static List<Condition> without(List<Condition> all, String type) {
    return all.stream().filter(c -> !c.type().equals(type)).toList();
  }

  /**
   * The list with this condition in the place of the one of its type. If that says the same status
   * and reason it stays as it is; if it has the same status its time of change stays.
   */
  public static List<Condition> with(List<Condition> all, Condition next) {
    Optional<Condition> old = find(all, next.type());
    if (old.isPresent()
        && old.get().status().equals(next.status())
        && old.get().reason().equals(next.reason())) {
      return all;
    }
    String changed =
        old.filter(o -> o.status().equals(next.status()))
            .map(Condition::changed)
            .orElse(next.changed());
    List<Condition> result = new ArrayList<>(without(all, next.type()));
    result.add(
        new Condition(
            next.type(), next.status(), next.reason(), next.message(), next.updated(), changed));
    return List.copyOf(result);
  }

  public static void write(ArrayNode array, List<Condition> all) {
    for (Condition c : all) {
      ObjectNode node = array.addObject();
      node.put("type", c.type()).put("status", c.status());
      putIfSet(node, "lastUpdateTime", c.updated());
      putIfSet(node, "lastTransitionTime", c.changed());
      putIfSet(node, "reason", c.reason());
      putIfSet(node, "message", c.message());
    }
  }

  private static void putIfSet(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}

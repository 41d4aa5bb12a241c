package dev.argosy.controllers.endpoints;

import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code subsets} of an Endpoints object. */
final class Subsets {

  /** As many addresses as one object may show. */
  private static final int MOST = 1000;

  /** The annotation of an object that does not show all. */
  static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

  private Subsets() {}

  /** All of them; where there are too many, those that are ready first, and each group its part. */
  static ArrayNode of(Map<Backends.Group, List<Endpoint>> groups) {
    long ready = count(groups, true);
    long others = count(groups, false);
    long room = Math.max(0, MOST - ready);
    ArrayNode subsets = Json.mapper().createArrayNode();
    groups.forEach((group, all) -> {
      ObjectNode subset = Json.object();
      addresses(subset, "addresses", part(all, true, ready, MOST));
      addresses(subset, "notReadyAddresses", part(all, false, others, room));
      if (subset.isEmpty() && !all.isEmpty()) {
        return;
      }
      if (!group.ports().isEmpty()) {
        ArrayNode ports = subset.putArray("ports");
        group.ports().forEach(port -> ports.add(port.toJson(false)));
      }
      subsets.add(subset);
    });
    return subsets;
  }

  /** Whether some have to be left out. */
  static boolean tooMany(Map<Backends.Group, List<Endpoint>> groups) {
    return count(groups, true) + count(groups, false) > MOST;
  }

  private static long count(Map<Backends.Group, List<Endpoint>> groups, boolean ready) {
    return groups.values().stream().flatMap(List::stream).filter(e -> e.ready() == ready).count();
  }

  private static List<Endpoint> part(List<Endpoint> group, boolean ready, long all, long room) {
    List<Endpoint> own = group.stream().filter(e -> e.ready() == ready).toList();
    return all <= room ? own : own.subList(0, (int) (own.size() * room / all));
  }

  private static void addresses(ObjectNode subset, String field, List<Endpoint> endpoints) {
    if (!endpoints.isEmpty()) {
      ArrayNode array = subset.putArray(field);
      endpoints.forEach(e -> array.add(e.toAddress()));
    }
  }

  /** What is kept here, in one order, whatever order the server keeps; for comparing. */
  static ObjectNode normalized(ObjectNode endpoints) {
    ObjectNode result = Json.object();
    JsonNode labels = endpoints.path("metadata").path("labels");
    result.set("labels", labels.isObject() ? labels.deepCopy() : Json.object());
    result.put(
        OVER_CAPACITY,
        endpoints.path("metadata").path("annotations").path(OVER_CAPACITY).asString(""));
    List<JsonNode> subsets = new ArrayList<>();
    for (JsonNode subset : endpoints.path("subsets")) {
      ObjectNode copy = Json.object();
      for (String field : List.of("addresses", "notReadyAddresses", "ports")) {
        copy.set(field, sorted(subset.path(field)));
      }
      subsets.add(copy);
    }
    ArrayNode array = result.putArray("subsets");
    subsets.stream().sorted(Comparator.comparing(JsonNode::toString)).forEach(array::add);
    return result;
  }

  /** What each address is, by its id as {@link Endpoint#id}. */
  static Map<String, String> states(JsonNode endpoints) {
    Map<String, String> states = new HashMap<>();
    for (JsonNode subset : endpoints.path("subsets")) {
      for (String field : List.of("addresses", "notReadyAddresses")) {
        for (JsonNode address : subset.path(field)) {
          String uid = address.path("targetRef").path("uid").asString("");
          states.put(address.path("ip").asString("") + uid, field);
        }
      }
    }
    return states;
  }

  private static ArrayNode sorted(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(item -> items.add(inOrder(item)));
    ArrayNode result = Json.mapper().createArrayNode();
    items.stream().sorted(Comparator.comparing(JsonNode::toString)).forEach(result::add);
    return result;
  }

  private static JsonNode inOrder(JsonNode item) {
    ObjectNode result = Json.object();
    item.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e ->
            result.set(e.getKey(), e.getValue().isObject() ? inOrder(e.getValue()) : e.getValue()));
    return result;
  }
}

package dev.argosy.controllers.endpoints;

import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where clients shall prefer an endpoint.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution">Traffic
 *     distribution</a>
 */
record Hints(List<String> zones, List<String> nodes) {

  static final Hints NONE = new Hints(List.of(), List.of());

  Hints {
    zones = List.copyOf(zones);
    nodes = List.copyOf(nodes);
  }

  /**
   * Of an endpoint that is ready.
   *
   * @param distribution what its Service prefers; empty for nothing
   * @param zone empty if its node is in none
   */
  static Hints of(String distribution, String node, String zone) {
    List<String> zones = zone.isEmpty() ? List.of() : List.of(zone);
    return switch (distribution) {
      case "PreferClose", "PreferSameZone" -> new Hints(zones, List.of());
      case "PreferSameNode" -> new Hints(zones, node.isEmpty() ? List.of() : List.of(node));
      default -> NONE;
    };
  }

  /** For clients in this zone. */
  static Hints forZone(String zone) {
    return new Hints(List.of(zone), List.of());
  }

  static Hints of(JsonNode hints) {
    return new Hints(names(hints.path("forZones")), names(hints.path("forNodes")));
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>(0);
    list.forEach(entry -> names.add(entry.path("name").asString("")));
    return names;
  }

  /** Into the entry of a slice; nothing if there are none. */
  void write(ObjectNode endpoint) {
    if (!equals(NONE)) {
      ObjectNode hints = Json.object();
      write(hints, "forZones", zones);
      write(hints, "forNodes", nodes);
      endpoint.set("hints", hints);
    }
  }

  private static void write(ObjectNode hints, String field, List<String> names) {
    if (!names.isEmpty()) {
      names.forEach(name -> hints.withArray("/" + field).addObject().put("name", name));
    }
  }
}

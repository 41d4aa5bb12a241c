package dev.argosy.model.schema.print;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of ingresses and ingress classes. */
final class IngressCells {

  private static final int SHOWN = 3;
  private static final String NONE = "<none>";

  private IngressCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "hosts" -> (ingress, now) -> hosts(ingress.path("spec").path("rules"));
      case "address" -> (ingress, now) -> address(ingress);
      case "ports" ->
          (ingress, now) -> ingress.path("spec").path("tls").isEmpty() ? "80" : "80, 443";
      case "parameters" -> (type, now) -> parameters(type.path("spec").path("parameters"));
      default -> throw new IllegalArgumentException("columns.tsv: ingress " + word);
    };
  }

  /** Names of the first rules that have one; without any, every name is served. */
  private static String hosts(JsonNode rules) {
    List<String> names = new ArrayList<>();
    for (JsonNode rule : rules) {
      String host = rule.path("host").asString("");
      if (names.size() == SHOWN) {
        return String.join(",", names) + " + " + (rules.size() - SHOWN) + " more...";
      }
      if (!host.isEmpty()) {
        names.add(host);
      }
    }
    return names.isEmpty() ? "*" : String.join(",", names);
  }

  private static String address(ObjectNode ingress) {
    TreeSet<String> addresses = new TreeSet<>();
    for (JsonNode point : ingress.path("status").path("loadBalancer").path("ingress")) {
      String ip = point.path("ip").asString("");
      String address = ip.isEmpty() ? point.path("hostname").asString("") : ip;
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }
    return String.join(",", addresses);
  }

  private static String parameters(JsonNode parameters) {
    if (parameters.isMissingNode()) {
      return NONE;
    }
    String group = parameters.path("apiGroup").asString("");
    String kind = parameters.path("kind").asString("");
    String of = group.isEmpty() ? kind : kind + "." + group;
    return of + "/" + parameters.path("name").asString("");
  }
}

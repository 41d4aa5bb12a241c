package dev.argosy.model.schema.print;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of endpoints and endpoint slices: the first three, and how many more. */
final class EndpointCells {

  private static final int SHOWN = 3;

  private EndpointCells() {}

  static String endpoints(ObjectNode endpoints) {
    List<String> all = new ArrayList<>();
    JsonNode subsets = endpoints.path("subsets");
    for (JsonNode subset : subsets) {
      JsonNode ports = subset.path("ports");
      if (ports.isEmpty()) {
        subset.path("addresses").forEach(address -> all.add(address.path("ip").asString("")));
      }
      for (JsonNode port : ports) {
        for (JsonNode address : subset.path("addresses")) {
          all.add(joined(address.path("ip").asString(""), port.path("port").asInt(0)));
        }
      }
    }
    return subsets.isEmpty() || all.isEmpty() ? "<none>" : first(all);
  }

  private static String joined(String ip, int port) {
    return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + port;
  }

  static Cell slice(String word) {
    return switch (word) {
      case "ports" -> (slice, now) -> ports(slice);
      case "endpoints" -> (slice, now) -> addresses(slice);
      default -> throw new IllegalArgumentException("columns.tsv: slice " + word);
    };
  }

  private static String ports(ObjectNode slice) {
    List<String> all = new ArrayList<>();
    for (JsonNode port : slice.path("ports")) {
      String name = Cells.text(port.path("name"), "*");
      all.add(Cells.text(port.path("port"), name));
    }
    return all.isEmpty() ? "<unset>" : first(all);
  }

  private static String addresses(ObjectNode slice) {
    List<String> all = new ArrayList<>();
    for (JsonNode endpoint : slice.path("endpoints")) {
      endpoint.path("addresses").forEach(address -> all.add(address.asString("")));
    }
    return all.isEmpty() ? "<unset>" : first(all);
  }

  private static String first(List<String> all) {
    int more = all.size() - SHOWN;
    return more <= 0
        ? String.join(",", all)
        : String.join(",", all.subList(0, SHOWN)) + " + " + more + " more...";
  }
}

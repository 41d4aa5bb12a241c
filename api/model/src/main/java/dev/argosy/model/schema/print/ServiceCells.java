package dev.argosy.model.schema.print;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of services. */
final class ServiceCells {

  private static final String NONE = "<none>";

  private ServiceCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "ip" -> (service, now) -> ip(service.path("spec"));
      case "external" -> (service, now) -> external(service);
      case "ports" -> (service, now) -> ports(service);
      default -> throw new IllegalArgumentException("columns.tsv: service " + word);
    };
  }

  private static String ip(JsonNode spec) {
    String first = spec.path("clusterIPs").path(0).asString("");
    return first.isEmpty() ? Cells.text(spec.path("clusterIP"), NONE) : first;
  }

  private static String external(ObjectNode service) {
    JsonNode spec = service.path("spec");
    String externals = Cells.join(spec.path("externalIPs"), "", ",");
    return switch (spec.path("type").asString("")) {
      case "ClusterIP", "NodePort" -> externals.isEmpty() ? NONE : externals;
      case "LoadBalancer" -> balanced(service, externals);
      case "ExternalName" -> spec.path("externalName").asString("");
      default -> Ages.UNKNOWN;
    };
  }

  private static String balanced(ObjectNode service, String externals) {
    TreeSet<String> ingress = new TreeSet<>();
    for (JsonNode entry : service.path("status").path("loadBalancer").path("ingress")) {
      String address = Cells.text(entry.path("ip"), entry.path("hostname").asString(""));
      if (!address.isEmpty()) {
        ingress.add(address);
      }
    }
    List<String> all = new ArrayList<>(ingress);
    if (!externals.isEmpty()) {
      all.add(externals);
    }
    return all.isEmpty() ? "<pending>" : String.join(",", all);
  }

  private static String ports(ObjectNode service) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : service.path("spec").path("ports")) {
      int nodePort = port.path("nodePort").asInt(0);
      ports.add(
          port.path("port").asInt(0)
              + (nodePort > 0 ? ":" + nodePort : "")
              + "/"
              + port.path("protocol").asString(""));
    }
    return ports.isEmpty() ? NONE : String.join(",", ports);
  }
}

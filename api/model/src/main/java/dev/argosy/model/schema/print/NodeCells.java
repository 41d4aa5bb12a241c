package dev.argosy.model.schema.print;

import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of nodes. */
final class NodeCells {

  private static final String ROLE = "node-role.kubernetes.io/";

  private NodeCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "status" -> (node, now) -> status(node);
      case "roles" -> (node, now) -> roles(node);
      case "internal" -> (node, now) -> address(node, "InternalIP");
      case "external" -> (node, now) -> address(node, "ExternalIP");
      default -> throw new IllegalArgumentException("columns.tsv: node " + word);
    };
  }

  private static String status(ObjectNode node) {
    String ready = "Unknown";
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        ready = condition.path("status").asString("").equals("True") ? "Ready" : "NotReady";
      }
    }
    boolean cordoned = node.path("spec").path("unschedulable").asBoolean(false);
    return cordoned ? ready + ",SchedulingDisabled" : ready;
  }

  private static String roles(ObjectNode node) {
    TreeSet<String> roles = new TreeSet<>();
    node.path("metadata")
        .path("labels")
        .forEachEntry((key, value) -> {
          if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
            roles.add(key.substring(ROLE.length()));
          } else if (key.equals("kubernetes.io/role") && !value.asString("").isEmpty()) {
            roles.add(value.asString(""));
          }
        });
    return roles.isEmpty() ? "<none>" : String.join(",", roles);
  }

  private static String address(ObjectNode node, String type) {
    for (JsonNode address : node.path("status").path("addresses")) {
      if (address.path("type").asString("").equals(type)) {
        return address.path("address").asString("");
      }
    }
    return "<none>";
  }
}

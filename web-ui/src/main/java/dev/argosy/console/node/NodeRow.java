package dev.argosy.console.node;

import dev.argosy.console.layout.Health;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the list of nodes shows of one; quantities as the node reports them. */
record NodeRow(
    ObjectKey key,
    Health health,
    String state,
    String pool,
    String cpu,
    String memory,
    String version,
    String address,
    @Nullable Instant created) {

  static NodeRow of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode status = tree.path("status");
    boolean cordoned = tree.path("spec").path("unschedulable").asBoolean(false);
    String ready = ready(status);
    Health health = health(ready, cordoned);
    JsonNode allocatable = status.path("allocatable");
    return new NodeRow(
        object.key(),
        health,
        word(ready) + (cordoned ? ", cordoned" : ""),
        object.meta().labels().getOrDefault("argosy.dev/pool", ""),
        allocatable.path("cpu").asString(""),
        allocatable.path("memory").asString(""),
        status.path("nodeInfo").path("kubeletVersion").asString(""),
        address(status),
        object.meta().creationTimestamp());
  }

  private static String word(String ready) {
    return switch (ready) {
      case "True" -> "Ready";
      case "False" -> "Not ready";
      default -> "Unreachable";
    };
  }

  private static Health health(String ready, boolean cordoned) {
    if (!ready.equals("True")) {
      return Health.BAD;
    }
    return cordoned ? Health.WARNING : Health.GOOD;
  }

  private static String ready(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("");
      }
    }
    return "Unknown";
  }

  private static String address(JsonNode status) {
    for (JsonNode address : status.path("addresses")) {
      if (address.path("type").asString("").equals("InternalIP")) {
        return address.path("address").asString("");
      }
    }
    return "";
  }
}

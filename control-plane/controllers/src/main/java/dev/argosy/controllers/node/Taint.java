package dev.argosy.controllers.node;

import dev.argosy.model.object.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What keeps pods from a node.
 *
 * @param effect NoSchedule, PreferNoSchedule or NoExecute
 * @param added when; known for NoExecute only
 */
record Taint(String key, String value, String effect, Optional<Instant> added) {

  static final String NO_EXECUTE = "NoExecute";
  static final String NO_SCHEDULE = "NoSchedule";
  static final String NOT_READY = "node.kubernetes.io/not-ready";
  static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
  static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  static List<Taint> read(JsonNode spec) {
    List<Taint> taints = new ArrayList<>();
    for (JsonNode t : spec.path("taints")) {
      String added = t.path("timeAdded").asString("");
      taints.add(
          new Taint(
              t.path("key").asString(""),
              t.path("value").asString(""),
              t.path("effect").asString(""),
              added.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(added))));
    }
    return List.copyOf(taints);
  }

  boolean sameAs(Taint other) {
    return key.equals(other.key) && effect.equals(other.effect);
  }

  ObjectNode toJson() {
    ObjectNode node = Json.object().put("key", key).put("effect", effect);
    if (!value.isEmpty()) {
      node.put("value", value);
    }
    added.ifPresent(time -> node.put("timeAdded", time.toString()));
    return node;
  }
}

package dev.argosy.controllers.pod;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A taint that a pod bears.
 *
 * @param key empty with operator Exists: every taint
 * @param effect empty: every effect
 * @param seconds how long a NoExecute taint is borne; empty for ever
 */
public record Toleration(
    String key, boolean exists, String value, String effect, Optional<Long> seconds) {

  public static Toleration of(JsonNode node) {
    JsonNode seconds = node.get("tolerationSeconds");
    return new Toleration(
        node.path("key").asString(""),
        node.path("operator").asString("Equal").equals("Exists"),
        node.path("value").asString(""),
        node.path("effect").asString(""),
        seconds == null ? Optional.empty() : Optional.of(seconds.asLong(0)));
  }

  public boolean tolerates(String taintKey, String taintValue, String taintEffect) {
    return (effect.isEmpty() || effect.equals(taintEffect))
        && (key.equals(taintKey) || (key.isEmpty() && exists))
        && (exists || value.equals(taintValue));
  }
}

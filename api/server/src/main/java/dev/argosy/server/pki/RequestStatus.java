package dev.argosy.server.pki;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the status of a CertificateSigningRequest says, and how it is answered. */
final class RequestStatus {

  private RequestStatus() {}

  /** Whether a condition of the type is true. */
  static boolean says(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals(type)
          && condition.path("status").asString("").equals("True")) {
        return true;
      }
    }
    return false;
  }

  static void add(ObjectNode object, Instant at, String type, String reason, String message) {
    String now = at.truncatedTo(ChronoUnit.SECONDS).toString();
    object
        .withObject("status")
        .withArray("conditions")
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("reason", reason)
        .put("message", message)
        .put("lastUpdateTime", now)
        .put("lastTransitionTime", now);
  }

  static void issue(ObjectNode object, String pem) {
    object
        .withObject("status")
        .put(
            "certificate",
            Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)));
  }
}

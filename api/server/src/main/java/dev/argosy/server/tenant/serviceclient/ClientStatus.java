package dev.argosy.server.tenant.serviceclient;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes into a ServiceClient object how it stands. Belongs to one write of one object. */
final class ClientStatus {

  /** The only condition. */
  static final String READY = "Ready";

  /** The reason while the provider is asked for the first time. */
  static final String PENDING = "Provisioning";

  private final ObjectNode object;
  private final ObjectNode before;
  private final Clock clock;

  ClientStatus(ObjectNode object, Clock clock) {
    this.object = object;
    this.before = object.deepCopy();
    this.clock = clock;
  }

  /** The condition of an object; missing if there is none. */
  static JsonNode ready(JsonNode object) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(READY)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean isReady(JsonNode object) {
    return ready(object).path("status").asString("").equals("True");
  }

  static String reason(JsonNode object) {
    return ready(object).path("reason").asString("");
  }

  /** Whether a provider may have the client. */
  static boolean begun(JsonNode object) {
    return !object.path("status").path("issuer").asString("").isEmpty();
  }

  ClientStatus at(Provider provider) {
    object
        .withObject("status")
        .put("issuer", provider.issuer())
        .put("tokenEndpoint", provider.tokenEndpoint());
    return this;
  }

  ClientStatus as(String username, String member) {
    object.withObject("status").put("username", username).put("member", member);
    return this;
  }

  ClientStatus ready(boolean holds, String reason, String message) {
    String value = holds ? "True" : "False";
    ObjectNode condition =
        ready(object) instanceof ObjectNode there
            ? there
            : object.withObject("status").withArray("conditions").addObject().put("type", READY);
    if (!condition.path("status").asString("").equals(value)) {
      condition.put(
          "lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    condition.put("status", value).put("reason", reason).put("message", message);
    JsonNode generation = object.path("metadata").path("generation");
    if (!condition.path("observedGeneration").equals(generation) && generation.isNumber()) {
      condition.set("observedGeneration", generation);
    }
    return this;
  }

  /** Whether anything was said that it had not said before. */
  boolean changed() {
    return !object.equals(before);
  }

  ObjectNode object() {
    return object;
  }
}

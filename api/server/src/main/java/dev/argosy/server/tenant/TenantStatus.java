package dev.argosy.server.tenant;

import dev.argosy.tenancy.tenant.TenantPhase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes into a Tenant object what has become of it. Belongs to one write of one object. */
final class TenantStatus {

  /** The condition that tells how far suspending or resuming has come. */
  static final String SUSPENDED = "Suspended";

  /** The condition that tells why a tenant's cluster is not emptied. */
  static final String EMPTIED = "Emptied";

  /** The condition that tells whether a new tenant has what its template says. */
  static final String TEMPLATE_APPLIED = "TemplateApplied";

  /** The reason of {@link #SUSPENDED} once everything is back. */
  static final String RESUMED = "Resumed";

  private final ObjectNode object;
  private final ObjectNode before;
  private final Clock clock;

  TenantStatus(ObjectNode object, Clock clock) {
    this.object = object;
    this.before = object.deepCopy();
    this.clock = clock;
  }

  ObjectNode object() {
    return object;
  }

  /** Whether anything was said that it had not said before. */
  boolean changed() {
    return !object.equals(before);
  }

  TenantStatus phase(TenantPhase phase) {
    status().put("phase", phase.text());
    return this;
  }

  TenantStatus keptUntil(Optional<Instant> end) {
    if (end.isPresent()) {
      status().put("keptUntil", end.get().toString());
    } else {
      status().remove("keptUntil");
    }
    return this;
  }

  TenantStatus condition(String type, boolean holds, String reason, String message) {
    String value = holds ? "True" : "False";
    ObjectNode condition = find(type).orElse(null);
    if (condition == null) {
      ArrayNode all = status().withArray("conditions");
      condition = all.addObject().put("type", type);
    }
    if (!condition.path("status").asString("").equals(value)) {
      condition.put(
          "lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    condition.put("status", value).put("reason", reason).put("message", message);
    long generation = object.path("metadata").path("generation").asLong(0);
    if (condition.path("observedGeneration").asLong(0) != generation) {
      condition.put("observedGeneration", generation);
    }
    return this;
  }

  /** The reason of a condition; empty if there is none. */
  static String reason(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("reason").asString("");
      }
    }
    return "";
  }

  /** Whether a condition is True. */
  static boolean holds(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private Optional<ObjectNode> find(String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition instanceof ObjectNode own && own.path("type").asString("").equals(type)) {
        return Optional.of(own);
      }
    }
    return Optional.empty();
  }

  private ObjectNode status() {
    return object.withObject("status");
  }
}

package dev.argosy.console.token;

import dev.argosy.console.layout.Health;
import dev.argosy.console.live.Moment;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the list of access tokens shows of one.
 *
 * @param actsAs a user, or NAMESPACE/NAME of a service account
 * @param scope what it may do of what they may, in words
 * @param id a part of the token that is no secret; the audit names it
 */
record TokenRow(
    ObjectKey key,
    String description,
    String actsAs,
    String scope,
    String id,
    @Nullable Instant until,
    @Nullable Instant lastUsed) {

  static TokenRow of(ApiObject object) {
    JsonNode spec = object.tree().path("spec");
    JsonNode status = object.tree().path("status");
    return new TokenRow(
        object.key(),
        spec.path("description").asString(""),
        spec.path("subject").path("name").asString(""),
        scope(spec.path("scope")),
        status.path("id").asString(""),
        Moment.in(spec.path("expiresAt")),
        Moment.in(status.path("lastUsedAt")));
  }

  private static String scope(JsonNode scope) {
    List<String> bounds = new ArrayList<>();
    if (scope.path("readOnly").asBoolean(false)) {
      bounds.add("read only");
    }
    String role = scope.path("role").asString("");
    if (!role.isEmpty()) {
      bounds.add("as " + role);
    }
    int rules = scope.path("rules").size();
    if (rules > 0) {
      bounds.add(rules == 1 ? "one rule" : rules + " rules");
    }
    List<String> tenants = new ArrayList<>();
    scope.path("tenants").forEach(tenant -> tenants.add(tenant.asString("")));
    if (!tenants.isEmpty()) {
      bounds.add("in " + String.join(", ", tenants));
    }
    return bounds.isEmpty() ? "everything" : String.join("; ", bounds);
  }

  boolean ended(Instant now) {
    return until != null && !until.isAfter(now);
  }

  Health health(Instant now) {
    return ended(now) ? Health.WARNING : Health.GOOD;
  }
}

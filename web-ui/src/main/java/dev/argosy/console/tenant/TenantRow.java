package dev.argosy.console.tenant;

import dev.argosy.console.layout.Health;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the list of tenants shows of one. */
record TenantRow(
    ObjectKey key,
    String displayName,
    String parent,
    String phase,
    Health health,
    @Nullable Instant created) {

  static TenantRow of(ApiObject object) {
    JsonNode tree = object.tree();
    String phase = phase(object, tree);
    return new TenantRow(
        object.key(),
        tree.path("spec").path("displayName").asString(""),
        tree.path("spec").path("parent").asString(""),
        phase,
        health(phase),
        object.meta().creationTimestamp());
  }

  /** A deleted tenant may be kept for a while. */
  private static String phase(ApiObject object, JsonNode tree) {
    String told = tree.path("status").path("phase").asString("Pending");
    boolean kept = tree.path("metadata").path("deletionGracePeriodSeconds").asLong(0) > 0;
    if (!object.meta().deleting()) {
      return told;
    }
    return kept && !told.equals("Terminating") ? "DeletionRequested" : "Terminating";
  }

  private static Health health(String phase) {
    return switch (phase) {
      case "Active" -> Health.GOOD;
      case "Suspended", "DeletionRequested" -> Health.WARNING;
      default -> Health.BUSY;
    };
  }
}

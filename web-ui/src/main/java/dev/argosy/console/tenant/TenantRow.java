package dev.argosy.console.tenant;

import dev.argosy.console.layout.Health;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the list of tenants shows of one.
 *
 * @param suspended by itself, not with one above it
 * @param podBound what it says itself, not those above it
 */
record TenantRow(
    ObjectKey key,
    String uid,
    String displayName,
    String parent,
    String phase,
    Health health,
    boolean suspended,
    PodBound podBound,
    @Nullable Instant created) {

  private static final String KEPT = "DeletionRequested";

  static TenantRow of(ApiObject object) {
    JsonNode tree = object.tree();
    String phase = phase(object, tree);
    return new TenantRow(
        object.key(),
        object.meta().uid(),
        tree.path("spec").path("displayName").asString(""),
        tree.path("spec").path("parent").asString(""),
        phase,
        health(phase),
        tree.path("spec").path("suspended").asBoolean(false),
        PodBound.of(tree.path("spec")),
        object.meta().creationTimestamp());
  }

  /** What people call it. */
  String title() {
    return displayName.isEmpty() ? key.name() : displayName;
  }

  /** Whether its deletion can be taken back. */
  boolean kept() {
    return phase.equals(KEPT);
  }

  /** Whether its deletion was asked for. */
  boolean ends() {
    return kept() || phase.equals("Terminating");
  }

  /** A deleted tenant may be kept for a while. */
  private static String phase(ApiObject object, JsonNode tree) {
    String told = tree.path("status").path("phase").asString("Pending");
    boolean kept = tree.path("metadata").path("deletionGracePeriodSeconds").asLong(0) > 0;
    if (!object.meta().deleting()) {
      return told;
    }
    return kept && !told.equals("Terminating") ? KEPT : "Terminating";
  }

  private static Health health(String phase) {
    return switch (phase) {
      case "Active" -> Health.GOOD;
      case "Suspended", KEPT -> Health.WARNING;
      default -> Health.BUSY;
    };
  }
}

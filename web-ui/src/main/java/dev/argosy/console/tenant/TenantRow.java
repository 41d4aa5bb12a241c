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
    String phase =
        object.meta().deleting()
            ? "Terminating"
            : tree.path("status").path("phase").asString("Pending");
    return new TenantRow(
        object.key(),
        tree.path("spec").path("displayName").asString(""),
        tree.path("spec").path("parent").asString(""),
        phase,
        phase.equals("Active") ? Health.GOOD : Health.BUSY,
        object.meta().creationTimestamp());
  }
}

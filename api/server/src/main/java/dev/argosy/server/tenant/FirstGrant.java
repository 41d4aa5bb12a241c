package dev.argosy.server.tenant;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.role.PlatformRole;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The grant without which nobody could make the others. */
public final class FirstGrant {

  private static final String NAME = "platform-admins";

  private FirstGrant() {}

  /** Makes the group the platform's administrators, unless the grant is there already. */
  public static void ensure(ResourceStore store, String group, Clock clock) {
    ObjectKey key = new ObjectKey(AccessGrant.RESOURCE, ClusterDirectory.ROOT, "", NAME);
    if (group.isEmpty() || store.get(key).isPresent()) {
      return;
    }
    ObjectNode grant = Json.object();
    grant.put("apiVersion", AccessGrant.RESOURCE.group() + "/v1").put("kind", "AccessGrant");
    grant
        .putObject("metadata")
        .put("name", NAME)
        .put("uid", UUID.randomUUID().toString())
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode spec = grant.putObject("spec");
    spec.put("role", PlatformRole.ADMIN.text());
    spec.putObject("subject").put("kind", "Group").put("name", group);
    store.commit(List.of(new Change.Create(key, Json.canonical(grant))));
  }
}

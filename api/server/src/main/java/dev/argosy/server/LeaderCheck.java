package dev.argosy.server;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether some server leads these loops: their lease has a holder and was renewed in time. Says
 * nothing of this server, so it is shown, but counts for no endpoint.
 *
 * @param name as clients have always seen it
 * @param lease in the platform's kube-system
 */
record LeaderCheck(String name, String lease, ResourceCaches caches, Clock clock)
    implements HealthCheck {

  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");

  @Override
  public Optional<String> problem() {
    WatchCache cache = caches.of(LEASES);
    if (!cache.loaded()) {
      return Optional.of("leases are not loaded");
    }
    Optional<ApiObject> found =
        cache.snapshot().get(new ObjectKey(LEASES, ClusterDirectory.ROOT, "kube-system", lease));
    return found.isEmpty() ? Optional.of("nobody leads") : problem(found.get().tree().path("spec"));
  }

  private Optional<String> problem(JsonNode spec) {
    try {
      Instant end =
          Instant.parse(spec.path("renewTime").asString(""))
              .plusSeconds(spec.path("leaseDurationSeconds").asLong(0));
      boolean held = !spec.path("holderIdentity").asString("").isEmpty();
      return held && clock.instant().isBefore(end)
          ? Optional.empty()
          : Optional.of("nobody leads since " + end);
    } catch (DateTimeParseException e) {
      return Optional.of("nobody leads");
    }
  }
}

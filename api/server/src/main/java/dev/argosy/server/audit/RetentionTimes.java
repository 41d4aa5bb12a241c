package dev.argosy.server.audit;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.tenant.Tenant;
import java.time.Duration;
import java.util.function.Function;

/** How long entries of a cluster are kept: as its tenant says, else as the settings do. */
public record RetentionTimes(ResourceCaches caches, int defaultDays)
    implements Function<String, Duration> {

  @Override
  public Duration apply(String cluster) {
    if (cluster.isEmpty()) {
      return Duration.ofDays(defaultDays); // entries of before requests to no cluster were root's
    }
    ObjectKey tenant = new ObjectKey(Tenant.RESOURCE, ClusterDirectory.ROOT, "", cluster);
    int days =
        caches
            .of(Tenant.RESOURCE)
            .snapshot()
            .get(tenant)
            .map(object -> object.tree().path("spec").path("auditRetentionDays").asInt(0))
            .filter(said -> said > 0)
            .orElse(defaultDays);
    return Duration.ofDays(days);
  }
}

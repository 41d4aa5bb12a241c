package dev.argosy.server.audit;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.tenant.Tenant;
import java.time.Duration;
import java.util.function.Function;

/**
 * How long something of a cluster is kept: as its tenant says, else as the settings do.
 *
 * @param field of a Tenant's spec, in days
 */
public record RetentionTimes(ResourceCaches caches, String field, int defaultDays)
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
            .map(this::days)
            .filter(said -> said > 0)
            .orElse(defaultDays);
    return Duration.ofDays(days);
  }

  private int days(ApiObject tenant) {
    return tenant.tree().path("spec").path(field).asInt(0);
  }

  /** As long as of the cluster that keeps longest. */
  public Duration longest() {
    int most = defaultDays;
    for (ApiObject tenant : caches.of(Tenant.RESOURCE).snapshot().list("", "")) {
      most = Math.max(most, days(tenant));
    }
    return Duration.ofDays(most);
  }
}

package dev.argosy.server.metering;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.quota.Quota;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.usage.QuotaSample;
import dev.argosy.tenancy.usage.QuotaSamples;
import jakarta.persistence.PersistenceException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps once an hour how much of each tenant's quotas is used, as their status says it; of a new
 * quota as soon as that is known. One thread.
 */
final class QuotaSampler {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaSampler.class);

  private final ResourceCaches caches;
  private final ClusterDirectory clusters;
  private final QuotaSamples samples;
  private final Set<ObjectKey> done = new HashSet<>();
  private Instant hour = Instant.MIN;

  QuotaSampler(ResourceCaches caches, ClusterDirectory clusters, QuotaSamples samples) {
    this.caches = caches;
    this.clusters = clusters;
    this.samples = samples;
  }

  /** Looks at those that were not looked at in this hour. */
  void look(Instant now) {
    Instant begin = now.truncatedTo(ChronoUnit.HOURS);
    if (!begin.equals(hour)) {
      hour = begin;
      done.clear();
    }
    List<ObjectKey> keys = new ArrayList<>();
    List<QuotaSample> some = new ArrayList<>();
    for (ApiObject object :
        caches.of(Quota.OF_TENANTS).snapshot().list(ClusterDirectory.ROOT, "")) {
      if (!done.contains(object.key())) {
        sample(Quota.of(object), begin)
            .ifPresent(sample -> {
              keys.add(object.key());
              some.add(sample);
            });
      }
    }
    if (!some.isEmpty()) {
      keep(some, keys);
    }
  }

  private void keep(List<QuotaSample> some, List<ObjectKey> keys) {
    try {
      samples.keep(some, hour);
      done.addAll(keys);
    } catch (PersistenceException e) {
      LOG.warn("usage of quotas cannot be kept, trying again", e);
    }
  }

  /** Empty while its tenant is not there yet, or what is used is being counted. */
  Optional<QuotaSample> sample(Quota quota, Instant at) {
    return quota.settled()
        ? clusters
            .find(quota.cluster())
            .map(tenant ->
                new QuotaSample(
                    at,
                    new QuotaSample.Whose(quota.cluster(), tenant.uid(), quota.key().name()),
                    plain(quota.used()),
                    plain(quota.hard())))
        : Optional.empty();
  }

  private static Map<String, BigDecimal> plain(Map<String, Quantity> amounts) {
    Map<String, BigDecimal> plain = new HashMap<>();
    amounts.forEach((resource, amount) -> plain.put(resource, amount.amount()));
    return plain;
  }
}

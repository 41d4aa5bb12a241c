package dev.argosy.server.metering;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.usage.UsedLedger;
import dev.argosy.tenancy.usage.UsedLedger.Reporter;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows nodes that are silent, or say what cannot be true; for Prometheus. */
record ReporterGauges(UsedLedger ledger, ResourceCaches caches, Clock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(ReporterGauges.class);
  private static final GroupResource NODES = new GroupResource("", "nodes");

  void addTo(Metrics metrics) {
    metrics.gauge(
        "argosy_node_use_age_seconds",
        "For how long the node has not reported what its pods use.",
        List.of("node"),
        () -> read(this::ages));
    metrics.gauge(
        "argosy_node_use_refused",
        "Figures of the node that were refused: they cannot be true, or are of pods not its own.",
        List.of("node"),
        () ->
            read(() ->
                ledger.reporters().stream()
                    .map(reporter -> new Reading(reporter.refused(), List.of(reporter.node())))
                    .toList()));
  }

  /** Of a node that has never reported, since it is there. */
  private List<Reading> ages() {
    Instant now = clock.instant();
    Map<String, Reporter> reporters = new HashMap<>();
    ledger.reporters().forEach(reporter -> reporters.put(reporter.node(), reporter));
    List<Reading> ages = new ArrayList<>();
    for (ApiObject node : caches.of(NODES).snapshot().list(ClusterDirectory.ROOT, "")) {
      Reporter reporter = reporters.get(node.name());
      @Nullable Instant heard =
          reporter == null ? node.meta().creationTimestamp() : reporter.reportedAt();
      if (heard != null) {
        double age = Math.max(0, Duration.between(heard, now).toMillis()) / 1000.0;
        ages.add(new Reading(age, List.of(node.name())));
      }
    }
    return ages;
  }

  private static List<Reading> read(Supplier<List<Reading>> readings) {
    try {
      return readings.get();
    } catch (PersistenceException e) {
      LOG.debug("what nodes have reported cannot be read", e);
      return List.of();
    }
  }
}

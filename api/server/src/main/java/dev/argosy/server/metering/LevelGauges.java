package dev.argosy.server.metering;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.server.metrics.ClusterGauge;
import dev.argosy.tenancy.usage.UsageReader;
import dev.argosy.tenancy.usage.UsageReader.Level;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is allocated at this moment, for Prometheus; nothing while the database is away. */
record LevelGauges(UsageReader reader) {

  private static final Logger LOG = LoggerFactory.getLogger(LevelGauges.class);
  private static final String NAME = "argosy_allocated";
  private static final String HELP =
      "What is allocated now, in cores, bytes or pieces, as far as it was metered.";

  /** All tenants, on the platform's page. */
  void addTo(Metrics metrics) {
    metrics.gauge(
        NAME,
        HELP,
        List.of("tenant", "resource"),
        () ->
            levels(Optional.empty()).stream()
                .map(level ->
                    new Reading(level.amount(), List.of(level.cluster(), level.resource())))
                .toList());
  }

  /** One tenant, on its own page. */
  ClusterGauge ofCluster() {
    return new ClusterGauge(
        NAME,
        HELP,
        List.of("resource"),
        cluster ->
            levels(Optional.of(cluster)).stream()
                .map(level -> new Reading(level.amount(), List.of(level.resource())))
                .toList());
  }

  private List<Level> levels(Optional<String> cluster) {
    try {
      return reader.levels(cluster);
    } catch (PersistenceException e) {
      LOG.debug("what is allocated cannot be read", e);
      return List.of();
    }
  }
}

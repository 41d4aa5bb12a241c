package dev.argosy.server.metrics;

import dev.argosy.model.metric.Metrics.Reading;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.Function;

/**
 * Something that a logical cluster's own people may measure, asked for when they do.
 *
 * @param labels names, in the order of a reading's values
 * @param readings of one cluster
 */
public record ClusterGauge(
    String name, String help, List<String> labels, Function<String, List<Reading>> readings) {

  public ClusterGauge {
    labels = List.copyOf(labels);
  }

  GaugeSnapshot of(String cluster) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (Reading reading : readings.apply(cluster)) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(reading.value())
              .labels(Labels.of(labels, reading.labels()))
              .build());
    }
    return gauge.build();
  }
}

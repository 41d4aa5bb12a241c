package dev.argosy.server.metrics;

import dev.argosy.server.flowcontrol.Sample;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The samples of flow control in one cluster, as Prometheus' library has them. */
final class FlowSnapshots {

  private static final String TOTAL = "_total";

  private FlowSnapshots() {}

  static List<MetricSnapshot> of(List<Sample> samples) {
    Map<String, List<Sample>> byName =
        samples.stream()
            .collect(Collectors.groupingBy(Sample::name, LinkedHashMap::new, Collectors.toList()));
    return byName.values().stream().map(FlowSnapshots::family).toList();
  }

  private static MetricSnapshot family(List<Sample> samples) {
    String name = samples.getFirst().name();
    return switch (samples.getFirst().type()) {
      case GAUGE -> {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help("Flow control.");
        samples.forEach(sample ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .value(sample.value())
                    .labels(labels(sample))
                    .build()));
        yield gauge.build();
      }
      case COUNTER -> {
        String base = name.substring(0, name.length() - TOTAL.length());
        CounterSnapshot.Builder counter =
            CounterSnapshot.builder().name(base).help("Flow control.");
        samples.forEach(sample ->
            counter.dataPoint(
                CounterDataPointSnapshot.builder()
                    .value(sample.value())
                    .labels(labels(sample))
                    .build()));
        yield counter.build();
      }
    };
  }

  private static Labels labels(Sample sample) {
    Labels.Builder labels = Labels.builder();
    sample.labels().forEach(labels::label);
    return labels.build();
  }
}

package dev.argosy.server.metrics;

import dev.argosy.server.flowcontrol.Sample;
import dev.argosy.store.cache.ResourceCaches;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Function;

/**
 * What a logical cluster's own people may measure: its requests, their seats, its objects and what
 * others have to say of it alone.
 */
record ClusterPage(
    ClusterMetrics requests,
    ResourceCaches caches,
    Function<String, List<Sample>> flow,
    List<ClusterGauge> gauges) {

  MetricSnapshots of(String cluster) {
    MetricSnapshots.Builder page =
        MetricSnapshots.builder().metricSnapshot(counts(cluster)).metricSnapshot(objects(cluster));
    flowControl(cluster).forEach(page::metricSnapshot);
    gauges.forEach(gauge -> page.metricSnapshot(gauge.of(cluster)));
    return page.build();
  }

  List<MetricSnapshot> flowControl(String cluster) {
    return FlowSnapshots.of(flow.apply(cluster));
  }

  private CounterSnapshot counts(String cluster) {
    CounterSnapshot.Builder counts =
        CounterSnapshot.builder()
            .name("apiserver_request")
            .help("Requests by verb, resource and code of the answer.");
    requests.each(
        cluster,
        (series, count) ->
            counts.dataPoint(
                CounterDataPointSnapshot.builder()
                    .value(count)
                    .labels(
                        Labels.of(
                            "code",
                            Integer.toString(series.code()),
                            "group",
                            series.group(),
                            "resource",
                            series.resource(),
                            "verb",
                            series.verb(),
                            "version",
                            series.version()))
                    .build()));
    return counts.build();
  }

  private GaugeSnapshot objects(String cluster) {
    GaugeSnapshot.Builder objects =
        GaugeSnapshot.builder()
            .name("apiserver_resource_objects")
            .help("Objects that are kept, by resource.");
    caches.open().stream()
        .filter(cache -> cache.loaded())
        .forEach(cache -> {
          int count = cache.snapshot().count(cluster, "");
          if (count > 0) {
            objects.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .value(count)
                    .labels(
                        Labels.of(
                            "group",
                            cache.resource().group(),
                            "resource",
                            cache.resource().resource()))
                    .build());
          }
        });
    return objects.build();
  }
}

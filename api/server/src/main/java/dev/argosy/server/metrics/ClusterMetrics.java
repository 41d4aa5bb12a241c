package dev.argosy.server.metrics;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.ClusterDirectory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Counts each logical cluster's requests apart, for the eyes of its own people, and as one number
 * per cluster for the platform's. A cluster has at most {@value #SERIES} series; clusters that are
 * gone are forgotten when there are {@value #CLUSTERS}.
 */
public final class ClusterMetrics {

  private static final int SERIES = 300;
  private static final int CLUSTERS = 10_000;

  private final Map<String, Counted> counted = new ConcurrentHashMap<>();
  private final ClusterDirectory directory;
  private final Metrics.Family<Metrics.Counter> totals;

  /** One kind of request in one cluster. */
  record Series(String verb, String group, String version, String resource, int code) {}

  private record Counted(Map<Series, LongAdder> series, Metrics.Counter total) {}

  public ClusterMetrics(Metrics metrics, ClusterDirectory directory) {
    this.directory = directory;
    this.totals =
        metrics.counter("argosy_cluster_requests_total", "Requests by logical cluster.", "cluster");
  }

  void answered(String cluster, RequestLabels labels, int code) {
    Counted found = counted.get(cluster);
    if (found == null) {
      found = begin(cluster);
    }
    if (found == null) {
      return;
    }
    found.total.increment();
    Series series =
        new Series(labels.verb(), labels.group(), labels.version(), labels.resource(), code);
    LongAdder count = found.series.get(series);
    if (count == null) {
      Series counts =
          found.series.size() < SERIES ? series : new Series("other", "", "", "other", code);
      count = found.series.computeIfAbsent(counts, s -> new LongAdder());
    }
    count.increment();
  }

  private @org.jspecify.annotations.Nullable Counted begin(String cluster) {
    if (directory.find(cluster).isEmpty()) {
      return null;
    }
    if (counted.size() >= CLUSTERS) {
      counted.keySet().removeIf(name -> directory.find(name).isEmpty());
    }
    return counted.computeIfAbsent(
        cluster, name -> new Counted(new ConcurrentHashMap<>(), totals.with(name)));
  }

  /** The counts of one cluster. */
  void each(String cluster, BiConsumer<Series, Long> reader) {
    Counted found = counted.get(cluster);
    if (found != null) {
      List.copyOf(found.series.entrySet())
          .forEach(entry -> reader.accept(entry.getKey(), entry.getValue().sum()));
    }
  }
}

package dev.argosy.server.metrics;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.RequestInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures requests from outside, as Kubernetes does. What a request was refused for is told by
 * resource only if every cluster has that resource, so that nobody makes series by asking for
 * nonsense.
 */
public final class RequestMetrics {

  private static final int MOST = BoundedFamily.MOST;
  private static final String COMPONENT = "apiserver";
  private static final double[] DURATIONS = {
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30,
    45, 60
  };
  private static final double[] SIZES = {1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private final Map<Series, Measured> measured = new ConcurrentHashMap<>();
  private final Metrics.Family<Metrics.Counter> total;
  private final Metrics.Family<Metrics.Histogram> durations;
  private final Metrics.Family<Metrics.Histogram> sizes;
  private final KindTables kinds;
  private final ClusterMetrics clusters;

  private record Series(RequestLabels labels, boolean dryRun, int code) {}

  private record Measured(
      Metrics.Counter total, Metrics.Histogram duration, Optional<Metrics.Histogram> size) {}

  /**
   * What is known of a request when its answer is complete.
   *
   * @param cluster the logical cluster that was meant
   * @param verb as {@link RequestLabels} has it
   * @param bytes of the body, before compression; 0 if unknown
   */
  public record Answered(
      String cluster,
      RequestInfo info,
      String verb,
      boolean dryRun,
      int code,
      long nanos,
      long bytes) {}

  /**
   * Measures from now on.
   *
   * @param kinds what clusters have without custom resources
   */
  public RequestMetrics(Metrics metrics, KindTables kinds, ClusterMetrics clusters) {
    this.kinds = kinds;
    this.clusters = clusters;
    total =
        metrics.counter(
            "apiserver_request_total",
            "Requests by verb, resource and code of the answer.",
            "verb",
            "dry_run",
            "group",
            "version",
            "resource",
            "subresource",
            "scope",
            "component",
            "code");
    durations =
        metrics.histogram(
            "apiserver_request_duration_seconds",
            "Time from a request's arrival to the end of its answer.",
            DURATIONS,
            "verb",
            "dry_run",
            "group",
            "version",
            "resource",
            "subresource",
            "scope",
            "component");
    sizes =
        metrics.histogram(
            "apiserver_response_sizes",
            "Bytes of answers to get and list, before compression.",
            SIZES,
            "verb",
            "group",
            "version",
            "resource",
            "subresource",
            "scope",
            "component");
  }

  /** Takes note. */
  public void answered(Answered request) {
    RequestLabels labels = labels(request);
    Series series = new Series(labels, request.dryRun, request.code);
    Measured found = measured.get(series);
    if (found == null) {
      found = make(series);
      if (measured.size() < MOST) {
        measured.putIfAbsent(series, found);
      }
    }
    found.total.increment();
    found.duration.observe(request.nanos / 1e9);
    if (request.bytes > 0 && found.size.isPresent()) {
      found.size.get().observe(request.bytes);
    }
    clusters.answered(request.cluster, labels, request.code);
  }

  private RequestLabels labels(Answered request) {
    RequestLabels labels = RequestLabels.of(request.info, request.verb);
    return request.code < 400 || known(request.info) ? labels : labels.withoutResource();
  }

  private boolean known(RequestInfo info) {
    return info.resourceRequest()
        && kinds
            .find("root", info.group(), info.version(), info.resource())
            .filter(kind ->
                info.subresource().isEmpty()
                    || kind.type().subresources().contains(info.subresource()))
            .isPresent();
  }

  private Measured make(Series series) {
    RequestLabels of = series.labels;
    String dryRun = series.dryRun ? "All" : "";
    boolean read = of.verb().equals("GET") || of.verb().equals("LIST");
    return new Measured(
        total.with(
            of.verb(),
            dryRun,
            of.group(),
            of.version(),
            of.resource(),
            of.subresource(),
            of.scope(),
            COMPONENT,
            Integer.toString(series.code)),
        durations.with(
            of.verb(),
            dryRun,
            of.group(),
            of.version(),
            of.resource(),
            of.subresource(),
            of.scope(),
            COMPONENT),
        read
            ? Optional.of(
                sizes.with(
                    of.verb(),
                    of.group(),
                    of.version(),
                    of.resource(),
                    of.subresource(),
                    of.scope(),
                    COMPONENT))
            : Optional.empty());
  }
}

package dev.argosy.server.metrics;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.flowcontrol.Sample;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.request.RequestParser;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Answers {@code /metrics} and {@code /metrics/slis}. The platform's cluster sees everything that
 * is measured; every other cluster sees what concerns itself.
 */
public final class MetricsPages implements PathHandler {

  private static final String INDICATORS = "/metrics/slis";

  private final PrometheusMetrics all;
  private final PrometheusMetrics indicators;
  private final ClusterPage clusters;

  /**
   * What is shown.
   *
   * @param all everything that is measured
   * @param indicators of {@code /metrics/slis}
   * @param flow what flow control says of one cluster
   * @param gauges what others say of one cluster
   */
  public record Sources(
      PrometheusMetrics all,
      PrometheusMetrics indicators,
      Function<String, List<Sample>> flow,
      List<ClusterGauge> gauges) {}

  /** The pages of one server. */
  public MetricsPages(Sources sources, ClusterMetrics requests, ResourceCaches caches) {
    this.all = sources.all();
    this.indicators = sources.indicators();
    this.clusters = new ClusterPage(requests, caches, sources.flow(), sources.gauges());
    all.gauge(
        "apiserver_resource_objects",
        "Objects that are kept, by resource.",
        List.of("group", "resource"),
        () -> objects(caches));
    all.gauge(
        "apiserver_storage_objects",
        "Objects that are kept, by resource.",
        List.of("resource"),
        () ->
            loaded(caches).stream()
                .map(cache ->
                    new Reading(
                        cache.snapshot().count("", ""), List.of(cache.resource().toString())))
                .toList());
  }

  /** Where this answers. */
  public List<PathMount> mounts() {
    return List.of(new PathMount("/metrics", false, this), new PathMount(INDICATORS, false, this));
  }

  private static List<Reading> objects(ResourceCaches caches) {
    return loaded(caches).stream()
        .map(cache ->
            new Reading(
                cache.snapshot().count("", ""),
                List.of(cache.resource().group(), cache.resource().resource())))
        .toList();
  }

  private static List<WatchCache> loaded(ResourceCaches caches) {
    return caches.open().stream().filter(WatchCache::loaded).toList();
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!info.verb().equals("get") && !info.verb().equals("head")) {
      throw Status.methodNotAllowed().asException();
    }
    String accept = request.getHeader("Accept");
    boolean platform = cluster.equals(ClusterDirectory.ROOT);
    boolean ofHealth = info.path().equals(INDICATORS);
    if (ofHealth && !platform) {
      throw RequestParser.notFound().asException();
    }
    PrometheusMetrics shown = ofHealth ? indicators : all;
    PrometheusMetrics.Page page =
        platform
            ? shown.page(ofHealth ? List.of() : clusters.flowControl(cluster), accept)
            : PrometheusMetrics.page(clusters.of(cluster), accept);
    Answers.bytes(response, 200, page.contentType(), page.body());
  }
}

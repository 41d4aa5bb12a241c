package dev.argosy.server.use;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.use.UseReport;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.list.Collection;
import dev.argosy.server.metrics.ClusterGauge;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.util.Map;

/** What pods use, put together: where it is reported, and where it is seen. */
public final class UseLayer {

  private final Basis basis;
  private final NewestUse newest;
  private final UseKeeper keeper;
  private final UseGauges gauges;

  /** What it is built on. */
  public record Basis(
      ResourceCaches caches, ClusterDirectory clusters, Clock clock, Metrics metrics) {}

  /**
   * @param keeper keeps what is charged for
   */
  public UseLayer(Basis basis, UseKeeper keeper) {
    this.basis = basis;
    this.keeper = keeper;
    this.newest = new NewestUse(basis.clock());
    this.gauges = new UseGauges(basis.caches(), newest);
    gauges.addTo(basis.metrics());
  }

  /** Where agents report; not open, so that the caller is known before it comes here. */
  public PathMount mount() {
    return new PathMount(UseReport.PATH, false, new UseEndpoint(basis.caches(), newest, keeper));
  }

  /** The kinds of {@code metrics.k8s.io}. */
  public Map<GroupResource, Collection> collections() {
    return Map.of(
        MetricsObjects.PODS,
        new PodMetrics(basis.caches(), newest, basis.clock()),
        MetricsObjects.NODES,
        new NodeMetrics(basis.caches(), newest, basis.clusters(), basis.clock()));
  }

  /** What a tenant's own people see at {@code /metrics}. */
  public ClusterGauge gauge() {
    return gauges.ofCluster();
  }
}

package dev.argosy.server.use;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.list.Collection;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.use.Figures.Rate;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NodeMetrics of the nodes that a cluster sees. In the platform's own cluster they are of the whole
 * machine; a tenant sees what its own pods use there, and nothing of what others do.
 */
final class NodeMetrics implements Collection {

  private static final GroupResource KIND = new GroupResource(MetricsObjects.GROUP, "nodemetrics");

  private final ResourceCaches caches;
  private final NewestUse newest;
  private final ClusterDirectory clusters;
  private final Clock clock;

  NodeMetrics(ResourceCaches caches, NewestUse newest, ClusterDirectory clusters, Clock clock) {
    this.caches = caches;
    this.newest = newest;
    this.clusters = clusters;
    this.clock = clock;
  }

  @Override
  public Page list(UserInfo user, View view, ListQuery query) {
    Selection selection =
        Selection.parse(view.kind(), query.labelSelector(), query.fieldSelector());
    Instant now = clock.instant();
    String cluster = cluster(view);
    List<ApiObject> items = new ArrayList<>();
    for (ApiObject node : caches.of(NodeSize.NODES).snapshot().list(ClusterDirectory.ROOT, "")) {
      if (sees(cluster, node) && selection.matches(node)) {
        metrics(cluster, node, now).ifPresent(items::add);
      }
    }
    return new Page(items, 0, "", null);
  }

  @Override
  public Optional<ApiObject> find(UserInfo user, View view, String name) {
    String cluster = cluster(view);
    ApiObject node =
        caches
            .of(NodeSize.NODES)
            .snapshot()
            .get(new ObjectKey(NodeSize.NODES, ClusterDirectory.ROOT, "", name))
            .filter(known -> sees(cluster, known))
            .orElseThrow(() -> Status.notFound(NodeSize.NODES, name).asException());
    Optional<ApiObject> metrics = metrics(cluster, node, clock.instant());
    if (metrics.isEmpty()) {
      throw Status.notFound(KIND, name).asException();
    }
    return metrics;
  }

  private static String cluster(View view) {
    return view.allClusters() ? ClusterDirectory.ROOT : view.cluster();
  }

  private boolean sees(String cluster, ApiObject node) {
    return cluster.equals(ClusterDirectory.ROOT)
        || clusters.find(cluster).filter(known -> View.shows(known, node)).isPresent();
  }

  private Optional<ApiObject> metrics(String cluster, ApiObject node, Instant now) {
    return newest
        .of(node.name())
        .flatMap(figures ->
            rate(cluster, figures).map(rate -> MetricsObjects.node(node, figures, rate, now)));
  }

  private static Optional<Rate> rate(String cluster, Figures figures) {
    return cluster.equals(ClusterDirectory.ROOT)
        ? figures.machine()
        : figures
            .machine()
            .map(machine ->
                figures.pods().values().stream()
                    .filter(pod -> pod.cluster().equals(cluster))
                    .map(Figures.OfPod::sum)
                    .reduce(Rate.NOTHING, Rate::plus));
  }
}

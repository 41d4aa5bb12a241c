package dev.argosy.server.use;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.list.Collection;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.request.ListQuery;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PodMetrics: one for each running pod of which enough is known, with the pod's labels. Like
 * metrics-server it shows pods without figures not at all, and says NotFound when asked for one.
 */
final class PodMetrics implements Collection {

  private static final GroupResource KIND = new GroupResource(MetricsObjects.GROUP, "podmetrics");

  private final ResourceCaches caches;
  private final NewestUse newest;
  private final Clock clock;

  PodMetrics(ResourceCaches caches, NewestUse newest, Clock clock) {
    this.caches = caches;
    this.newest = newest;
    this.clock = clock;
  }

  @Override
  public boolean partial() {
    return true;
  }

  @Override
  public Page list(UserInfo user, View view, ListQuery query) {
    Selection selection =
        Selection.parse(view.kind(), query.labelSelector(), query.fieldSelector());
    Instant now = clock.instant();
    List<ApiObject> items = new ArrayList<>();
    for (ApiObject pod :
        caches.of(PodFacts.PODS).snapshot().list(view.cluster(), view.namespace())) {
      if (selection.matches(pod)) {
        metrics(pod, now).filter(view.visible()).ifPresent(items::add);
      }
    }
    return new Page(items, 0, "", null);
  }

  @Override
  public Optional<ApiObject> find(UserInfo user, View view, String name) {
    ObjectKey key = new ObjectKey(PodFacts.PODS, view.cluster(), view.namespace(), name);
    ApiObject pod =
        caches
            .of(PodFacts.PODS)
            .snapshot()
            .get(key)
            .orElseThrow(() -> Status.notFound(PodFacts.PODS, name).asException());
    Optional<ApiObject> metrics = metrics(pod, clock.instant());
    if (metrics.isEmpty()) {
      throw Status.notFound(KIND, view.namespace() + "/" + name).asException();
    }
    return metrics;
  }

  private Optional<ApiObject> metrics(ApiObject pod, Instant now) {
    PodFacts facts = PodFacts.of(pod);
    if (!facts.runs()) {
      return Optional.empty();
    }
    return newest
        .ofPod(facts.node(), pod.meta().uid())
        .filter(figures -> !figures.containers().isEmpty())
        .map(figures -> MetricsObjects.pod(pod, figures, now));
  }
}

package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes in orphans that match a set's selector, and lets go of pods that no longer do. */
final class PodClaims {

  private static final Logger LOG = LoggerFactory.getLogger(PodClaims.class);

  private final ApiClient client;
  private final Informer<PodView> pods;
  private final OwnWrites writes;

  PodClaims(ApiClient client, Informer<PodView> pods, OwnWrites writes) {
    this.client = client;
    this.pods = pods;
    this.writes = writes;
  }

  /** The pods that belong to the set. */
  List<PodView> of(ReplicaSetView set) {
    List<PodView> mine = new ArrayList<>();
    for (PodView pod : pods.find(PodView.BY_OWNER, set.uid())) {
      if (set.matches(pod)) {
        mine.add(pod);
      } else if (!set.deleting() && !pod.deleting()) {
        release(set, pod);
      }
    }
    mine.addAll(adopted(set));
    return mine;
  }

  private List<PodView> adopted(ReplicaSetView set) {
    String place = PodView.place(set.key().cluster(), set.key().namespace());
    List<PodView> orphans =
        pods.find(PodView.BY_ORPHANAGE, place).stream()
            .filter(p -> p.active() && set.matches(p))
            .toList();
    return orphans.isEmpty() || !mayAdopt(set)
        ? List.of()
        : orphans.stream().filter(p -> adopt(set, p)).toList();
  }

  /** Asked of the API itself: a set that is being deleted must not adopt. */
  private boolean mayAdopt(ReplicaSetView set) {
    return client
        .get(set.key())
        .orAbsent()
        .filter(now -> now.meta().uid().equals(set.uid()) && !now.meta().deleting())
        .isPresent();
  }

  private boolean adopt(ReplicaSetView set, PodView pod) {
    ObjectNode owner = Owned.by("apps/v1", "ReplicaSet", set.object());
    return apply(set, pod, Owned.adoption(pod.uid(), owner));
  }

  private void release(ReplicaSetView set, PodView pod) {
    apply(set, pod, Owned.release(pod.uid(), set.uid()));
  }

  private boolean apply(ReplicaSetView set, PodView pod, ObjectNode patch) {
    return switch (client.patch(pod.key(), "", Patch.strategic(patch))) {
      case ApiResult.Ok<ApiObject>(ApiObject changed) -> {
        writes.expect(set.key(), pods, changed);
        yield true;
      }
      case ApiResult.Refused<ApiObject>(Status status) -> {
        LOG.info("{}: cannot claim or release {}: {}", set.key(), pod.name(), status.message());
        yield false;
      }
    };
  }
}

package dev.argosy.controllers.deployment;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.replicaset.ReplicaSetView;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Takes in orphaned ReplicaSets that match, and lets go of those that no longer do. */
final class SetClaims {

  private final ApiClient client;
  private final Informer<ReplicaSetView> sets;
  private final OwnWrites writes;

  SetClaims(ApiClient client, Informer<ReplicaSetView> sets, OwnWrites writes) {
    this.client = client;
    this.sets = sets;
    this.writes = writes;
  }

  /** The ReplicaSets that belong to the Deployment. */
  List<ReplicaSetView> of(DeploymentView deployment) {
    List<ReplicaSetView> mine = new ArrayList<>();
    for (ReplicaSetView set : sets.find(ReplicaSetView.BY_OWNER, deployment.uid())) {
      if (deployment.selector().matches(set.object().meta().labels())) {
        mine.add(set);
      } else if (!deployment.deleting()) {
        patch(deployment, set, Owned.release(set.uid(), deployment.uid()));
      }
    }
    String place = PodView.place(deployment.key().cluster(), deployment.key().namespace());
    List<ReplicaSetView> orphans =
        sets.find(ReplicaSetView.BY_NAMESPACE, place).stream()
            .filter(s -> s.ownerUid().isEmpty() && !s.deleting())
            .filter(s -> deployment.selector().matches(s.object().meta().labels()))
            .toList();
    if (!orphans.isEmpty() && mayAdopt(deployment)) {
      ObjectNode owner = Owned.by("apps/v1", "Deployment", deployment.object());
      orphans.stream()
          .filter(s -> patch(deployment, s, Owned.adoption(s.uid(), owner.deepCopy())))
          .forEach(mine::add);
    }
    return mine;
  }

  private boolean mayAdopt(DeploymentView deployment) {
    return client
        .get(deployment.key())
        .orAbsent()
        .filter(now -> now.meta().uid().equals(deployment.uid()) && !now.meta().deleting())
        .isPresent();
  }

  private boolean patch(DeploymentView deployment, ReplicaSetView set, ObjectNode patch) {
    ApiResult<ApiObject> result = client.patch(set.key(), "", Patch.strategic(patch));
    if (result instanceof ApiResult.Ok<ApiObject>(ApiObject written)) {
      writes.expect(deployment.key(), sets, written);
    }
    return result instanceof ApiResult.Ok;
  }
}

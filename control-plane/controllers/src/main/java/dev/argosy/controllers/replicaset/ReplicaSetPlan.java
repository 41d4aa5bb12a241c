package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.workload.DeletionOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What to do about the pods of a ReplicaSet.
 *
 * @param create how many to make
 * @param delete which to delete
 */
record ReplicaSetPlan(int create, List<PodView> delete) {

  /** As many at once as Kubernetes' controller does. */
  static final int BURST = 500;

  ReplicaSetPlan {
    delete = List.copyOf(delete);
  }

  /**
   * @param pods those that belong to the set
   * @param neighbours how many pods of the same workload run on each node
   */
  static ReplicaSetPlan of(
      ReplicaSetView set, List<PodView> pods, Map<String, Integer> neighbours, Instant now) {
    List<PodView> active = pods.stream().filter(PodView::active).toList();
    int missing = set.deleting() ? 0 : set.replicas() - active.size();
    if (missing >= 0) {
      return new ReplicaSetPlan(Math.min(missing, BURST), List.of());
    }
    return new ReplicaSetPlan(
        0,
        active.stream()
            .sorted(new DeletionOrder(now, neighbours))
            .limit(Math.min(-missing, BURST))
            .toList());
  }

  /**
   * The status that these pods make.
   *
   * @param failure the condition ReplicaFailure; empty if all went well
   */
  static ReplicaSetStatus status(
      ReplicaSetView set, List<PodView> pods, List<Condition> failure, Instant now) {
    List<PodView> active = pods.stream().filter(PodView::active).toList();
    List<Condition> conditions =
        failure.isEmpty()
            ? Condition.without(set.conditions(), "ReplicaFailure")
            : Condition.with(set.conditions(), failure.getFirst());
    return new ReplicaSetStatus(
        active.size(),
        (int) active.stream().filter(p -> labelled(set, p)).count(),
        (int) active.stream().filter(p -> p.ready().isPresent()).count(),
        (int) active.stream().filter(p -> p.available(now, set.minReadySeconds())).count(),
        set.kind().countsTerminating() ? terminating(pods) : 0,
        set.object().meta().generation(),
        conditions);
  }

  private static int terminating(List<PodView> pods) {
    return (int) pods.stream().filter(p -> p.deleting() && !p.terminal()).count();
  }

  private static boolean labelled(ReplicaSetView set, PodView pod) {
    return pod.object().meta().labels().entrySet().containsAll(set.templateLabels().entrySet());
  }
}

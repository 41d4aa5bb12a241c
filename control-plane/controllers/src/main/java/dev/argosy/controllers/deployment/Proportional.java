package dev.argosy.controllers.deployment;

import dev.argosy.controllers.replicaset.ReplicaSetView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Scaling in the middle of a rollout: each ReplicaSet gets its share of the pods that come or go
 * (the Kubernetes page "Deployments", proportional scaling).
 */
final class Proportional {

  private Proportional() {}

  static List<Step> of(Rollout rollout) {
    DeploymentView deployment = rollout.deployment();
    Optional<ReplicaSetView> only = onlyOne(rollout);
    if (only.isPresent()) {
      return scale(deployment, only.get(), deployment.replicas());
    }
    List<ReplicaSetView> active = rollout.active();
    if (active.isEmpty()) {
      return List.of();
    }
    if (saturated(deployment, rollout.current())) {
      List<Step> steps = new ArrayList<>();
      for (ReplicaSetView set : active) {
        boolean current = rollout.current().filter(c -> c.uid().equals(set.uid())).isPresent();
        steps.addAll(scale(deployment, set, current ? set.replicas() : 0));
      }
      return steps;
    }
    return deployment.recreate() ? annotations(deployment, active) : shares(deployment, active);
  }

  private static List<Step> annotations(DeploymentView deployment, List<ReplicaSetView> active) {
    return active.stream().flatMap(s -> scale(deployment, s, s.replicas()).stream()).toList();
  }

  /** The active one if there is just one; without any, the current or the newest. */
  private static Optional<ReplicaSetView> onlyOne(Rollout rollout) {
    List<ReplicaSetView> active = rollout.active();
    return switch (active.size()) {
      case 0 ->
          rollout.current().isPresent() || rollout.old().isEmpty()
              ? rollout.current()
              : Optional.of(rollout.old().getLast());
      case 1 -> Optional.of(active.getFirst());
      default -> Optional.empty();
    };
  }

  private static boolean saturated(DeploymentView deployment, Optional<ReplicaSetView> current) {
    return current
        .filter(s ->
            s.replicas() == deployment.replicas()
                && Revisions.desired(s) == deployment.replicas()
                && s.status().available() == deployment.replicas())
        .isPresent();
  }

  private static List<Step> shares(DeploymentView deployment, List<ReplicaSetView> active) {
    int allowed = deployment.replicas() > 0 ? deployment.replicas() + deployment.maxSurge() : 0;
    int change = allowed - Rollout.replicas(active);
    Comparator<ReplicaSetView> bySize =
        Comparator.comparingInt(ReplicaSetView::replicas).reversed();
    Comparator<ReplicaSetView> byAge =
        change > 0 ? Rollout.OLDEST_FIRST.reversed() : Rollout.OLDEST_FIRST;
    List<ReplicaSetView> sorted = active.stream().sorted(bySize.thenComparing(byAge)).toList();
    int[] sizes = sizes(deployment, sorted, change);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      steps.addAll(scale(deployment, sorted.get(i), sizes[i]));
    }
    return steps;
  }

  private static int[] sizes(DeploymentView deployment, List<ReplicaSetView> sorted, int change) {
    int[] sizes = new int[sorted.size()];
    int given = 0;
    for (int i = 0; i < sizes.length; i++) {
      int share = share(deployment, sorted.get(i), change, given);
      sizes[i] = sorted.get(i).replicas() + share;
      given += share;
    }
    sizes[0] = Math.max(0, sizes[0] + change - given);
    return sizes;
  }

  private static int share(DeploymentView deployment, ReplicaSetView set, int change, int given) {
    if (set.replicas() == 0 || change == 0 || change == given) {
      return 0;
    }
    int fraction = fraction(deployment, set);
    int left = change - given;
    return change > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
  }

  private static int fraction(DeploymentView deployment, ReplicaSetView set) {
    if (deployment.replicas() == 0) {
      return -set.replicas();
    }
    long before = Revisions.max(set) > 0 ? Revisions.max(set) : deployment.status().replicas();
    if (before == 0) {
      return 0;
    }
    double max = (double) deployment.replicas() + deployment.maxSurge();
    return (int) Math.round(set.replicas() * max / before) - set.replicas();
  }

  private static List<Step> scale(DeploymentView deployment, ReplicaSetView set, int replicas) {
    boolean recorded =
        Revisions.desired(set) == deployment.replicas()
            && Revisions.max(set) == (long) deployment.replicas() + deployment.maxSurge();
    return set.replicas() == replicas && recorded
        ? List.of()
        : List.of(new Step.Scale(set, replicas));
  }
}

package dev.argosy.controllers.deployment;

import dev.argosy.controllers.replicaset.ReplicaSetView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A Deployment and its ReplicaSets at one moment.
 *
 * @param current the one with the Deployment's template
 * @param old the others, oldest first
 * @param oldPodsRun whether pods of the others have not ended yet
 */
record Rollout(
    DeploymentView deployment,
    Optional<ReplicaSetView> current,
    List<ReplicaSetView> old,
    boolean oldPodsRun) {

  static final Comparator<ReplicaSetView> OLDEST_FIRST =
      Comparator.<ReplicaSetView, Instant>comparing(
              s -> Objects.requireNonNullElse(s.object().meta().creationTimestamp(), Instant.MIN))
          .thenComparing(ReplicaSetView::name);

  Rollout {
    old = List.copyOf(old);
  }

  /**
   * @param owned all ReplicaSets of the Deployment
   */
  static Rollout of(DeploymentView deployment, List<ReplicaSetView> owned, boolean oldPodsRun) {
    Optional<ReplicaSetView> current = current(deployment, owned);
    List<ReplicaSetView> old =
        owned.stream()
            .filter(s -> current.filter(c -> c.uid().equals(s.uid())).isEmpty())
            .sorted(OLDEST_FIRST)
            .toList();
    return new Rollout(deployment, current, old, oldPodsRun);
  }

  /** The oldest of those with the Deployment's template, if there are several. */
  static Optional<ReplicaSetView> current(DeploymentView deployment, List<ReplicaSetView> owned) {
    return owned.stream()
        .sorted(OLDEST_FIRST)
        .filter(s -> Template.same(s.template(), deployment.template()))
        .findFirst();
  }

  List<ReplicaSetView> all() {
    List<ReplicaSetView> all = new ArrayList<>(old);
    current.ifPresent(all::add);
    return all;
  }

  List<ReplicaSetView> active() {
    return all().stream().filter(s -> s.replicas() > 0).toList();
  }

  static int replicas(List<ReplicaSetView> sets) {
    return sets.stream().mapToInt(ReplicaSetView::replicas).sum();
  }

  static int available(List<ReplicaSetView> sets) {
    return sets.stream().mapToInt(s -> s.status().available()).sum();
  }

  /** Whether somebody scaled the Deployment since its ReplicaSets were last scaled for it. */
  boolean scaled() {
    return active().stream()
        .anyMatch(s -> Revisions.desired(s) >= 0 && Revisions.desired(s) != deployment.replicas());
  }
}

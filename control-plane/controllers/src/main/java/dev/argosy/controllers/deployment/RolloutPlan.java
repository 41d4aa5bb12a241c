package dev.argosy.controllers.deployment;

import dev.argosy.controllers.replicaset.ReplicaSetView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What to do next for a Deployment: a pure function of its {@link Rollout}. */
final class RolloutPlan {

  private final Rollout rollout;
  private final DeploymentView deployment;

  private RolloutPlan(Rollout rollout) {
    this.rollout = rollout;
    this.deployment = rollout.deployment();
  }

  /** The next steps; empty when there is nothing to do until something changes. */
  static List<Step> of(Rollout rollout) {
    RolloutPlan plan = new RolloutPlan(rollout);
    if (plan.deployment.deleting()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    if (plan.deployment.paused() || rollout.scaled()) {
      steps.addAll(Proportional.of(rollout));
      if (plan.deployment.paused() && steps.isEmpty()) {
        steps.addAll(plan.history());
      }
      return steps;
    }
    steps.addAll(plan.record());
    steps.addAll(plan.deployment.recreate() ? plan.recreate() : plan.roll());
    if (steps.isEmpty() && plan.complete()) {
      steps.addAll(plan.history());
    }
    return steps;
  }

  private List<Step> record() {
    List<Step> steps = new ArrayList<>();
    if (rollout.current().isPresent()) {
      ReplicaSetView current = rollout.current().get();
      long revision = Math.max(Revisions.of(current), Revisions.next(rollout.old()));
      var present = current.object().meta().annotations();
      if (!Revisions.annotations(deployment, present, revision).equals(present)
          || current.minReadySeconds() != deployment.minReadySeconds()) {
        steps.add(new Step.Refresh(current, revision));
      }
      if (Revisions.of(deployment.object().meta()) != revision) {
        steps.add(new Step.Record(revision));
      }
    }
    return steps;
  }

  private List<Step> recreate() {
    List<Step> down =
        rollout.old().stream()
            .filter(s -> s.replicas() > 0)
            .<Step>map(s -> new Step.Scale(s, 0))
            .toList();
    if (!down.isEmpty() || rollout.oldPodsRun()) {
      return down;
    }
    return up(deployment.replicas());
  }

  private List<Step> roll() {
    List<Step> up = up(wantedOfCurrent());
    return up.isEmpty() ? down() : up;
  }

  private List<Step> up(int wanted) {
    if (rollout.current().isEmpty()) {
      return List.of(new Step.Create(wanted, Revisions.next(rollout.old())));
    }
    ReplicaSetView current = rollout.current().get();
    return current.replicas() == wanted ? List.of() : List.of(new Step.Scale(current, wanted));
  }

  /** As many new pods as the surge leaves room for. */
  private int wantedOfCurrent() {
    int has = rollout.current().map(ReplicaSetView::replicas).orElse(0);
    if (has >= deployment.replicas()) {
      return deployment.replicas();
    }
    int room = deployment.replicas() + deployment.maxSurge() - Rollout.replicas(rollout.all());
    return has + Math.max(0, Math.min(room, deployment.replicas() - has));
  }

  /**
   * Old pods go as far as enough stay available; those that are not available go first. What a
   * ReplicaSet says is available may be late, so the numbers asked for set the limit.
   */
  private List<Step> down() {
    List<ReplicaSetView> old = rollout.old();
    if (rollout.current().isEmpty() || Rollout.replicas(old) == 0) {
      return List.of();
    }
    ReplicaSetView current = rollout.current().get();
    int least = deployment.replicas() - deployment.maxUnavailable();
    int notYet = current.replicas() - current.status().available();
    int may = Rollout.replicas(rollout.all()) - least - notYet;
    int[] next = old.stream().mapToInt(ReplicaSetView::replicas).toArray();
    if (may <= 0) {
      return List.of();
    }
    int left = may - dropUnhealthy(old, next, may);
    dropAvailable(old, next, Math.min(left, Rollout.available(rollout.all()) - least));
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < next.length; i++) {
      if (next[i] != old.get(i).replicas()) {
        steps.add(new Step.Scale(old.get(i), next[i]));
      }
    }
    return steps;
  }

  /** Answers how many it dropped. */
  private static int dropUnhealthy(List<ReplicaSetView> old, int[] next, int may) {
    int left = may;
    for (int i = 0; i < next.length; i++) {
      int unhealthy = Math.max(0, next[i] - old.get(i).status().available());
      int drop = Math.min(left, unhealthy);
      next[i] -= drop;
      left -= drop;
    }
    return may - left;
  }

  private static void dropAvailable(List<ReplicaSetView> old, int[] next, int spare) {
    int left = Math.max(0, spare);
    for (int i = 0; i < next.length; i++) {
      int healthy = Math.min(next[i], old.get(i).status().available());
      int drop = Math.min(left, healthy);
      next[i] -= drop;
      left -= drop;
    }
  }

  private boolean complete() {
    DeploymentStatus status = Progress.counts(rollout);
    return Progress.complete(deployment, status);
  }

  /** What is beyond the history limit and has no pods, oldest revisions first. */
  private List<Step> history() {
    Optional<ReplicaSetView> current = rollout.current();
    List<ReplicaSetView> cleanable =
        rollout.old().stream()
            .filter(s -> !s.deleting())
            .filter(s -> current.filter(c -> c.uid().equals(s.uid())).isEmpty())
            .filter(s -> s.replicas() == 0 && s.status().replicas() == 0)
            .filter(s -> s.status().observedGeneration() >= s.object().meta().generation())
            .sorted(Comparator.comparingLong(Revisions::of))
            .toList();
    long surplus = Math.max(0, cleanable.size() - (long) deployment.historyLimit());
    return cleanable.stream().limit(surplus).<Step>map(Step.Delete::new).toList();
  }
}

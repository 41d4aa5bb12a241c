package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.revision.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What to do for a StatefulSet: first its pods are completed from the lowest ordinal on, then those
 * that are too many go from the highest down, then those of an old template are replaced. An
 * ordered set waits at each step.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/">
 *     StatefulSets</a>
 */
final class SetPlan {

  private final SetView set;
  private final History history;
  private final Instant now;
  private final Predicate<Step.Own> owned;
  private final TreeMap<Integer, PodView> wanted = new TreeMap<>();
  private final List<PodView> surplus = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private SetPlan(
      SetView set, History history, List<PodView> pods, Predicate<Step.Own> owned, Instant now) {
    this.set = set;
    this.history = history;
    this.owned = owned;
    this.now = now;
    for (PodView pod : pods) {
      int ordinal = set.ordinal(pod.name()).orElseThrow();
      if (set.start() <= ordinal && ordinal < set.end()) {
        wanted.put(ordinal, pod);
      } else {
        surplus.add(pod);
      }
    }
    surplus.sort(Comparator.comparingInt((PodView p) -> ordinal(p)).reversed());
  }

  /**
   * @param pods of the set, each with an ordinal in its name
   * @param owned whether the claims have the owners that a step would give them
   */
  static List<Step> of(
      SetView set, History history, List<PodView> pods, Predicate<Step.Own> owned, Instant now) {
    SetPlan plan = new SetPlan(set, history, pods, owned, now);
    if (!set.deleting() && plan.complete() && plan.shrink() && !set.update().onDelete()) {
      plan.roll();
    }
    return plan.steps;
  }

  private int ordinal(PodView pod) {
    return set.ordinal(pod.name()).orElseThrow();
  }

  private boolean available(PodView pod) {
    return !pod.deleting()
        && pod.phase().equals("Running")
        && pod.available(now, set.minReadySeconds());
  }

  /** Answers whether all wanted pods are there, and healthy if the set is ordered. */
  private boolean complete() {
    boolean go = true;
    for (int ordinal = set.start(); ordinal < set.end(); ordinal++) {
      boolean healthy = one(ordinal, Optional.ofNullable(wanted.get(ordinal)));
      if (!healthy && set.ordered()) {
        return false;
      }
      go &= wanted.containsKey(ordinal);
    }
    return go;
  }

  private boolean one(int ordinal, Optional<PodView> present) {
    if (present.isEmpty()) {
      steps.add(new Step.Create(ordinal));
      return false;
    }
    PodView pod = present.get();
    if (pod.terminal()) {
      if (!pod.deleting()) {
        steps.add(new Step.Delete(pod));
      }
      return false;
    }
    if (pod.phase().equals("Pending") && !set.claims().isEmpty()) {
      steps.add(new Step.Claim(ordinal));
    }
    if (!available(pod) && set.ordered()) {
      return false;
    }
    if (!SetPods.named(pod)) {
      steps.add(new Step.Label(pod, ordinal));
    }
    own(pod, ordinal, false);
    return true;
  }

  private void own(PodView pod, int ordinal, boolean tooMany) {
    Step.Own step = new Step.Own(pod, ordinal, tooMany);
    if (!set.claims().isEmpty() && !owned.test(step)) {
      steps.add(step);
    }
  }

  /** Answers whether no pod is too many. */
  private boolean shrink() {
    Optional<PodView> firstSick = firstSick();
    for (PodView pod : surplus) {
      own(pod, ordinal(pod), true);
    }
    for (PodView pod : surplus) {
      boolean mayGo = !set.ordered() || available(pod) || firstSick.filter(pod::equals).isPresent();
      if (!pod.deleting() && mayGo) {
        steps.add(new Step.Delete(pod));
      }
      if (set.ordered()) {
        return false;
      }
    }
    return surplus.isEmpty();
  }

  private Optional<PodView> firstSick() {
    List<PodView> all = new ArrayList<>(wanted.values());
    all.addAll(surplus.reversed());
    return all.stream().filter(p -> !available(p)).findFirst();
  }

  /** From the highest ordinal down, as many at once as may be unavailable. */
  private void roll() {
    long sick = wanted.values().stream().filter(p -> !available(p)).count();
    long may = set.maxUnavailable() - sick;
    String update = history.newest().name();
    for (Map.Entry<Integer, PodView> entry : wanted.descendingMap().entrySet()) {
      PodView pod = entry.getValue();
      boolean old = !SetPods.revision(pod).equals(update) && !pod.deleting();
      if (may > 0 && old && entry.getKey() >= set.start() + set.update().partition()) {
        steps.add(new Step.Delete(pod));
        may--;
      }
    }
  }
}

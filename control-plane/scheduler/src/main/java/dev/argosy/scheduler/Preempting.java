package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Budgets;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Choice;
import dev.argosy.scheduler.preempt.Preemption;
import dev.argosy.scheduler.preempt.Victims;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a pod for which there is no room may do about it. One thread. */
final class Preempting {

  /** What comes of it. */
  sealed interface Outcome {

    /** Room is being made on this node already. */
    record Wait(String node) implements Outcome {}

    /**
     * These pods are to go; those that end already are not among them.
     *
     * @param displaced less important pods for which room was being made there
     */
    record Evict(Victims victims, List<PodView> displaced) implements Outcome {}

    /** There is nothing to do but wait. */
    record Nothing() implements Outcome {}
  }

  private final ClusterState state;
  private final Nominations nominations;
  private final Preemption preemption;
  private final Claims claims;
  private final Choice choice;
  private final Consumer<PodView> left;
  private final Map<ObjectKey, Map<ObjectKey, PodView>> awaited = new HashMap<>();

  /**
   * @param left told of pods that went, whose room is no longer kept for anybody
   */
  Preempting(ClusterState state, Nominations nominations, Budgets budgets, Consumer<PodView> left) {
    this.left = left;
    this.state = state;
    this.nominations = nominations;
    this.preemption = new Preemption(budgets);
    this.claims = new Claims(state.shares(), nominations, budgets);
    this.choice = new Choice(budgets);
  }

  Outcome instead(Attempt attempt, Placement.Nowhere nowhere) {
    PodView pod = attempt.pod();
    Optional<String> awaits = awaits(pod);
    if (awaits.isPresent()) {
      return new Outcome.Wait(awaits.get());
    }
    nominations.remove(pod.key());
    release(pod.key());
    Optional<Victims> victims = plan(attempt, nowhere);
    return victims.isPresent() ? claim(pod, victims.get()) : new Outcome.Nothing();
  }

  /** The node where pods that make room for it have not ended yet. */
  Optional<String> awaits(PodView pod) {
    return nominations.of(pod.key()).filter(node -> ends(pod, node));
  }

  /** Whom it would cost to give the pod a node; nothing is done about it. */
  Optional<Victims> plan(Attempt attempt, Placement.Nowhere nowhere) {
    PodView pod = attempt.pod();
    if (!pod.rank().preempts() || nowhere.crowded().isEmpty()) {
      return Optional.empty();
    }
    Rehearsal rehearsal = new Rehearsal(attempt, state, nominations);
    return claims
        .plan(attempt, nowhere, rehearsal)
        .or(() -> preemption.plan(pod, attempt.among(), nowhere.crowded(), rehearsal));
  }

  /** All that a node for the pod may cost, the best first; each node once. */
  List<Candidate> candidates(Attempt attempt, Placement.Nowhere nowhere) {
    PodView pod = attempt.pod();
    if (!pod.rank().preempts() || nowhere.crowded().isEmpty()) {
      return List.of();
    }
    Rehearsal rehearsal = new Rehearsal(attempt, state, nominations);
    Map<String, Victims> byNode = new LinkedHashMap<>();
    claims.plans(attempt, nowhere, rehearsal).forEach(v -> byNode.putIfAbsent(v.node(), v));
    preemption
        .plans(pod, attempt.among(), nowhere.crowded(), rehearsal)
        .forEach(v -> byNode.putIfAbsent(v.node(), v));
    return byNode.values().stream()
        .map(victims -> new Candidate(victims, rehearsal.others(victims)))
        .toList();
  }

  /**
   * Of what others left of the candidates, what costs least as things are now; empty if none of it
   * makes room any more.
   */
  Optional<Victims> choose(Attempt attempt, Placement.Nowhere nowhere, List<Victims> left) {
    Rehearsal rehearsal = new Rehearsal(attempt, state, nominations);
    List<Victims> present =
        left.stream().flatMap(victims -> rehearsal.present(victims, nowhere).stream()).toList();
    return choice.ranked(attempt.pod(), present).stream()
        .filter(victims -> claims.hold(attempt.pod(), victims.pods()))
        .filter(rehearsal::fitsWithout)
        .findFirst();
  }

  /** Claims that may be tried again now that a pod was given room. */
  List<ObjectKey> after(PodView placed) {
    return claims.after(placed);
  }

  /**
   * Room is made for the pod there, from now on, also where nobody has to go for it. No pod of its
   * own gang is displaced.
   */
  Outcome.Evict claim(PodView pod, Victims victims) {
    List<PodView> displaced =
        nominations.below(pod, victims.node()).stream()
            .filter(other -> !PodGroup.together(other, pod))
            .toList();
    displaced.forEach(other -> nominations.remove(other.key()));
    nominations.put(pod, victims.node());
    Map<ObjectKey, PodView> going = new LinkedHashMap<>();
    victims.pods().forEach(victim -> going.put(victim.key(), victim));
    awaited.put(pod.key(), going);
    claims.forget(pod.key());
    Victims told = victims.without(state.shares()::leaves);
    told.pods().stream().filter(v -> isOther(v, pod)).forEach(state.shares()::sendAway);
    return new Outcome.Evict(told, displaced);
  }

  /** Whether pods that make room for it there have not ended yet. */
  private boolean ends(PodView pod, String node) {
    for (ObjectKey victim : awaited.getOrDefault(pod.key(), Map.of()).keySet()) {
      if (state.on(node, victim).isPresent()) {
        return true;
      }
    }
    return state.podsOn(node).stream()
        .anyMatch(other ->
            other.deleting() && (Preemption.isBelow(other, pod) || claims.mayBeFor(other, pod)));
  }

  private static boolean isOther(PodView victim, PodView pod) {
    return !victim.key().cluster().equals(pod.key().cluster());
  }

  /** The pod needs no room any more; answers it if room was being made. */
  Optional<PodView> forget(ObjectKey key) {
    Optional<PodView> nominated = nominations.remove(key);
    release(key);
    claims.forget(key);
    return nominated;
  }

  private void release(ObjectKey key) {
    Map<ObjectKey, PodView> going = awaited.remove(key);
    if (going != null) {
      going.values().stream().filter(victim -> state.nodeOf(victim.key()).isEmpty()).forEach(left);
    }
  }

  /** For whom the room of a pod that went is kept. */
  List<PodView> heirs(PodView gone, String node) {
    return nominations.on(node).stream()
        .filter(pod -> awaited.getOrDefault(pod.key(), Map.of()).containsKey(gone.key()))
        .toList();
  }

  /** A victim does not go after all. */
  void failed(ObjectKey pod, ObjectKey victim) {
    state.shares().keep(victim);
    awaited.computeIfPresent(
        pod,
        (key, victims) -> {
          victims.remove(victim);
          return victims;
        });
  }
}

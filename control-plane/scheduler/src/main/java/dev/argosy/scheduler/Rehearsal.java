package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.filter.Filter;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Verdict;
import dev.argosy.scheduler.filter.WideFilter;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Preemption;
import dev.argosy.scheduler.preempt.Trial;
import dev.argosy.scheduler.preempt.Victims;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tries out for one attempt what would be if pods of a node were gone; nothing of it stays. */
final class Rehearsal implements Preemption.Nodes {

  private final Attempt attempt;
  private final ClusterState state;
  private final UnaryOperator<NodeState> eyes;
  private final List<Filter> filters;
  private final List<WideFilter> wideFilters;
  private final Guests guests;
  private final boolean wide;

  Rehearsal(Attempt attempt, ClusterState state, Nominations nominations) {
    this.attempt = attempt;
    this.state = state;
    this.eyes = nominations.eyes(attempt.pod(), attempt.nodes());
    this.filters = Filters.ofNodes(attempt.profile());
    this.wideFilters = Filters.wide(attempt.profile());
    boolean asks = wideFilters.stream().anyMatch(f -> f.prepare(attempt).isPresent());
    this.guests = new Guests(attempt, nominations, asks);
    this.wide = asks || !guests.none();
  }

  @Override
  public NodeState at(int slot) {
    return eyes.apply(attempt.nodes().at(slot));
  }

  @Override
  public boolean local() {
    return !wide;
  }

  /** Members of one gang never go for each other. */
  @Override
  public Collection<PodView> podsOn(NodeState node) {
    PodView pod = attempt.pod();
    Collection<PodView> pods = state.podsOn(node.node().name());
    return PodGroup.name(pod).isEmpty()
        ? pods
        : pods.stream().filter(other -> !PodGroup.together(other, pod)).toList();
  }

  /** Pods on the victims' node that need not go, and could for the same pod. */
  List<PodView> others(Victims victims) {
    return node(victims)
        .map(node ->
            podsOn(node).stream()
                .filter(other -> Preemption.isBelow(other, attempt.pod()))
                .filter(other -> !victims.pods().contains(other))
                .toList())
        .orElse(List.of());
  }

  /** Those victims that are on their node still; empty if none is, or the pod cannot go there. */
  Optional<Victims> present(Victims victims, Placement.Nowhere nowhere) {
    List<PodView> there = new ArrayList<>();
    for (PodView victim : victims.pods()) {
      state
          .on(victims.node(), victim.key())
          .filter(now -> now.uid().equals(victim.uid()))
          .ifPresent(there::add);
    }
    boolean may = node(victims).filter(node -> nowhere.crowded().get(node.slot())).isPresent();
    return may && !there.isEmpty()
        ? Optional.of(new Victims(victims.node(), there, victims.violations()))
        : Optional.empty();
  }

  /** Whether the pod fits once they are gone. */
  boolean fitsWithout(Victims victims) {
    Optional<NodeState> node = node(victims);
    if (node.isEmpty()) {
      return false;
    }
    try (Trial trial = trial(at(node.get().slot()))) {
      victims.pods().forEach(trial::take);
      return trial.fits();
    }
  }

  /** Their node, if the pod's cluster may use it. */
  private Optional<NodeState> node(Victims victims) {
    return attempt
        .nodes()
        .find(victims.node())
        .filter(node -> attempt.among().contains(node.slot()));
  }

  @Override
  public Trial trial(NodeState node) {
    return new OnNode(node);
  }

  private final class OnNode implements Trial {
    private final Map<ObjectKey, PodView> gone = new LinkedHashMap<>();
    private NodeState node;

    OnNode(NodeState node) {
      this.node = node;
    }

    @Override
    public void take(PodView pod) {
      node = node.minus(pod.demand());
      if (wide) {
        state.census().leave(pod, node.slot());
        gone.put(pod.key(), pod);
      }
    }

    @Override
    public void giveBack(PodView pod) {
      node = node.plus(pod.demand());
      if (wide) {
        state.census().enter(pod, node.slot());
        gone.remove(pod.key());
      }
    }

    @Override
    public boolean fits() {
      if (Memo.check(filters, attempt.pod().demand(), node).isPresent()) {
        return false;
      }
      if (!wide) {
        return true;
      }
      for (WideFilter filter : wideFilters) {
        Optional<WideFilter.Check> check = filter.prepare(attempt);
        if (check.isPresent() && check.get().check(node) instanceof Verdict.Rejected) {
          return false;
        }
      }
      return guests.rejection(node).isEmpty();
    }

    @Override
    public void close() {
      List<PodView> away = new ArrayList<>(gone.values());
      away.forEach(this::giveBack);
    }
  }
}

package dev.argosy.scheduler;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.filter.Rejection;
import dev.argosy.scheduler.filter.Verdict;
import dev.argosy.scheduler.filter.WideFilter;
import dev.argosy.scheduler.node.NodeState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Asks node after node whether a pod fits, and counts why it does not. */
final class Search {

  private record Ready(Rejecter filter, WideFilter.Check check) {}

  /** A verdict, and how often it was given. */
  private static final class Count {
    private final Rejection rejection;
    private int nodes = 1;

    Count(Rejection rejection) {
      this.rejection = rejection;
    }
  }

  private final Attempt attempt;
  private final Memo memo;
  private final UnaryOperator<NodeState> eyes;
  private final List<Ready> wide = new ArrayList<>(0);
  private final Guests guests;
  private final List<NodeState> fitting = new ArrayList<>();
  private final List<Count> counts = new ArrayList<>(0);
  private final BitSet crowded = new BitSet();
  private int[] byCode;
  private int asked;

  Search(Attempt attempt, Memo memo, Nominations nominations) {
    this.attempt = attempt;
    this.memo = memo;
    this.eyes = nominations.eyes(attempt.pod(), attempt.nodes());
    this.byCode = new int[memo.codes() + 8];
    for (WideFilter filter : Filters.wide(attempt.profile())) {
      filter.prepare(attempt).ifPresent(check -> wide.add(new Ready(filter, check)));
    }
    this.guests = new Guests(attempt, nominations, !wide.isEmpty());
  }

  /** Asks one node; answers whether the pod fits there. */
  boolean ask(int slot) {
    asked++;
    NodeState node = eyes.apply(attempt.nodes().at(slot));
    int code = memo.code(node);
    if (code != Memo.FITS) {
      count(code, slot);
      return false;
    }
    for (int i = 0; i < wide.size(); i++) {
      Ready ready = wide.get(i);
      if (ready.check().check(node) instanceof Verdict.Rejected rejected) {
        count(new Rejection(ready.filter(), rejected), slot);
        return false;
      }
    }
    Optional<Rejection> kept = guests.rejection(node);
    if (kept.isPresent()) {
      count(kept.get(), slot);
      return false;
    }
    fitting.add(node);
    return true;
  }

  private void count(int code, int slot) {
    if (code >= byCode.length) {
      byCode = Arrays.copyOf(byCode, code * 2);
    }
    byCode[code]++;
    if (!memo.rejection(code).verdict().anyway()) {
      crowded.set(slot);
    }
  }

  /** Verdicts of wide filters are few, and the same objects. */
  private void count(Rejection rejection, int slot) {
    if (!rejection.verdict().anyway()) {
      crowded.set(slot);
    }
    for (Count count : counts) {
      if (count.rejection.verdict() == rejection.verdict()) {
        count.nodes++;
        return;
      }
    }
    counts.add(new Count(rejection));
  }

  /** Whether nothing decides but the nodes, and the room that is kept there for others. */
  boolean looksAtNodesOnly() {
    return wide.isEmpty() && guests.none();
  }

  /** How many nodes were asked. */
  int asked() {
    return asked;
  }

  List<NodeState> fitting() {
    return fitting;
  }

  /**
   * Why no node fits.
   *
   * @param others nodes that were not asked, since the pod's node affinity names others
   */
  Placement.Nowhere nowhere(int others) {
    Map<String, Integer> reasons = new HashMap<>();
    Set<Rejecter> by = new HashSet<>();
    for (int code = 1; code < memo.codes() && code < byCode.length; code++) {
      if (byCode[code] > 0) {
        add(memo.rejection(code), byCode[code], reasons, by);
      }
    }
    counts.forEach(count -> add(count.rejection, count.nodes, reasons, by));
    if (others > 0) {
      add(new Rejection(Filters.notNamed(), Filters.NOT_NAMED), others, reasons, by);
    }
    return new Placement.Nowhere(asked + others, reasons, by, crowded);
  }

  private static void add(
      Rejection rejection, int nodes, Map<String, Integer> reasons, Set<Rejecter> by) {
    by.add(rejection.by());
    rejection.verdict().reasons().forEach(reason -> reasons.merge(reason, nodes, Integer::sum));
  }
}

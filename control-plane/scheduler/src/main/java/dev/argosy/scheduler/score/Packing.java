package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import java.util.List;
import java.util.Optional;

/**
 * Candidates of which some are to be filled one after another ({@link
 * dev.argosy.scheduler.node.NodeView#packs()}), and what that makes of their marks. For one
 * attempt.
 */
public final class Packing {

  private final Attempt attempt;
  private final boolean[] packed;
  private final int count;

  private Packing(Attempt attempt, boolean[] packed, int count) {
    this.attempt = attempt;
    this.packed = packed;
    this.count = count;
  }

  /** Empty if none of them is to be filled, or the pod's profile has a strategy for all nodes. */
  static Optional<Packing> of(Attempt attempt, List<NodeState> candidates) {
    if (attempt.among().packed() == 0 || attempt.profile().strategy().isPresent()) {
      return Optional.empty();
    }
    boolean[] packed = new boolean[candidates.size()];
    int count = 0;
    for (int i = 0; i < packed.length; i++) {
      packed[i] = candidates.get(i).node().packs();
      count += packed[i] ? 1 : 0;
    }
    return count == 0 ? Optional.empty() : Optional.of(new Packing(attempt, packed, count));
  }

  /** Marks do not tell one of these nodes from another: each gets what they have on average. */
  void level(long[] marks) {
    long sum = 0;
    for (int i = 0; i < marks.length; i++) {
      sum += packed[i] ? marks[i] : 0;
    }
    for (int i = 0; i < marks.length; i++) {
      marks[i] = packed[i] ? sum / count : marks[i];
    }
  }

  /**
   * Makes marks for being full comparable with marks for having much left, which other candidates
   * have. The differences among nodes of one kind stay; the fullest node that is to be filled gets
   * the mark for what is left, on average, of all such nodes that the pod may be on.
   */
  void align(long[] marks) {
    if (count == marks.length) {
      return;
    }
    long most = Long.MIN_VALUE;
    for (int i = 0; i < marks.length; i++) {
      most = packed[i] ? Math.max(most, marks[i]) : most;
    }
    long shift = left() - most;
    for (int i = 0; i < marks.length; i++) {
      marks[i] += packed[i] ? shift : 0;
    }
  }

  /**
   * Nodes where there is no room any more are looked at, too: they are part of how full all are.
   */
  private long left() {
    Demand demand = attempt.pod().demand();
    NodeSet among = attempt.among();
    long sum = 0;
    int nodes = 0;
    for (int i = 0; i < among.packed(); i++) {
      NodeState node = attempt.nodes().at(among.slot(i));
      if (demand.wants(node.node())) {
        sum += ResourcesFit.left(demand, node);
        nodes++;
      }
    }
    return nodes == 0 ? 0 : sum / nodes;
  }

  /**
   * Which of two nodes with equal marks is to be taken: positive for the first. Of nodes that are
   * to be filled it is the fuller one, to the last bit: marks are whole numbers, and a small pod
   * does not change them. One that is not to be filled comes before them.
   */
  public static int compare(NodeState a, NodeState b) {
    boolean fills = a.node().packs();
    if (fills != b.node().packs()) {
      return fills ? -1 : 1;
    }
    if (!fills) {
      return 0;
    }
    int more = Double.compare(full(a), full(b));
    return more != 0 ? more : Integer.compare(a.pods(), b.pods());
  }

  private static double full(NodeState node) {
    return part(node.usual().milliCpu(), node.node().allocatable().milliCpu())
        + part(node.usual().memory(), node.node().allocatable().memory());
  }

  private static double part(long used, long all) {
    return all <= 0 ? 0 : (double) used / all;
  }
}

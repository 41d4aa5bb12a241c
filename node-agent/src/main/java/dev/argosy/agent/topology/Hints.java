package dev.argosy.agent.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** All sets of nodes that could give something. */
public final class Hints {

  private Hints() {}

  /**
   * Sets of nodes that have it now; those are preferred that are as small as could be if nobody had
   * anything.
   *
   * @param everyNode the bits of all nodes
   * @param ever whether such nodes have enough when nobody has anything
   * @param now whether they have enough now
   */
  public static List<Hint> of(long everyNode, LongPredicate ever, LongPredicate now) {
    int least = Long.SIZE;
    List<Long> able = new ArrayList<>();
    for (long nodes = everyNode; nodes != 0; nodes = (nodes - 1) & everyNode) {
      if (ever.test(nodes)) {
        least = Math.min(least, Long.bitCount(nodes));
      }
      if (now.test(nodes)) {
        able.add(nodes);
      }
    }
    int size = least;
    return able.stream().map(nodes -> new Hint(nodes, Long.bitCount(nodes) == size)).toList();
  }
}

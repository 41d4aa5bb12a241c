package dev.argosy.scheduler.share;

import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.Resources;
import java.util.HashMap;
import java.util.Map;

/**
 * What all nodes together have, rounded down to seven binary digits: so most nodes that come or go
 * change nothing, and what is said follows from the nodes alone, whoever counts and since when. One
 * thread.
 */
final class Capacity {

  private static final int DIGITS = 7;

  private Load exact = Load.NONE;
  private Load rounded = Load.NONE;

  Load rounded() {
    return rounded;
  }

  /** Answers whether the rounded sum changed. */
  boolean add(NodeView node) {
    return set(exact.plus(of(node)));
  }

  /** Answers whether the rounded sum changed. */
  boolean remove(NodeView node) {
    return set(exact.minus(of(node)));
  }

  private boolean set(Load sum) {
    exact = sum;
    Load before = rounded;
    rounded = round(sum);
    return !rounded.equals(before);
  }

  private static Load of(NodeView node) {
    return new Load(node.allocatable(), node.maxPods());
  }

  private static Load round(Load sum) {
    Resources all = sum.resources();
    Map<String, Long> other = new HashMap<>();
    all.other().forEach((name, amount) -> other.put(name, round(amount)));
    return new Load(
        new Resources(round(all.milliCpu()), round(all.memory()), round(all.storage()), other),
        round(sum.pods()));
  }

  static long round(long amount) {
    long step = Math.max(1, Long.highestOneBit(amount) >> (DIGITS - 1));
    return amount <= 0 ? amount : amount - amount % step;
  }
}

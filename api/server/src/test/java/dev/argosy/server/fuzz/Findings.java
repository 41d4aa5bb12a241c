package dev.argosy.server.fuzz;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What went wrong; the first ones in full. For many threads. */
final class Findings {

  private static final int TOLD = 20;

  private final Queue<String> first = new ConcurrentLinkedQueue<>();
  private final LongAdder count = new LongAdder();

  void add(String what, Object request) {
    count.increment();
    if (first.size() < TOLD) {
      first.add(what + "\n  after " + request);
    }
  }

  boolean none() {
    return count.sum() == 0;
  }

  @Override
  public String toString() {
    return count.sum()
        + " findings; the first:\n"
        + first.stream().collect(Collectors.joining("\n"));
  }
}

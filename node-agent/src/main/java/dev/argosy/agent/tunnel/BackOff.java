package dev.argosy.agent.tunnel;

import java.util.random.RandomGenerator;

/** Pauses between tries: double each time, up to a limit, each between half and whole. */
final class BackOff {

  private static final long FIRST = 250;
  private static final long LIMIT = 5_000;

  private final RandomGenerator jitter;
  private long next = FIRST;

  BackOff(RandomGenerator jitter) {
    this.jitter = jitter;
  }

  long nextMillis() {
    long pause = next / 2 + jitter.nextLong(next / 2 + 1);
    next = Math.min(LIMIT, next * 2);
    return pause;
  }

  void reset() {
    next = FIRST;
  }
}

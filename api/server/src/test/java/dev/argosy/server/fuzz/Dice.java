package dev.argosy.server.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Chance, led by a seed. Not for several threads. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** True once in that many throws. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** From 0 to the bound, exclusive. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

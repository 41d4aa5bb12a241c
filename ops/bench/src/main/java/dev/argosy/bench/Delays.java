package dev.argosy.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** How long a thing took, each of many times. */
public final class Delays {

  private final double[] sorted;

  private Delays(double[] sorted) {
    this.sorted = sorted;
  }

  /** Does a thing so many times, one after the other; it says how long it took. */
  public static Delays of(int rounds, Callable<Double> timed) throws Exception {
    double[] taken = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      taken[i] = timed.call();
    }
    Arrays.sort(taken);
    return new Delays(taken);
  }

  /** Of what was measured elsewhere, in any order; at least one. */
  public static Delays measured(double[] taken) {
    double[] sorted = taken.clone();
    Arrays.sort(sorted);
    return new Delays(sorted);
  }

  /** Milliseconds that something took. */
  public static double millis(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) / 1e6;
  }

  public double at(int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  public void report(String what, String unit, Consumer<Result> out) {
    out.accept(new Result(what + ", p50", at(50), unit, ""));
    out.accept(new Result(what + ", p99", at(99), unit, ""));
  }
}

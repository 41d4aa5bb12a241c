package dev.argosy.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Does a numbered thing many times on some virtual threads at once. */
final class Load {

  private static final int ROUNDS = 3;

  private Load() {}

  /**
   * Several things in turns, so that what else happens on the machine falls on all of them.
   *
   * @return how many of each a second on average, after a round that warms up
   */
  static Map<String, Double> inTurns(Map<String, IntConsumer> turns, Duration turn, int threads)
      throws InterruptedException {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Map.Entry<String, IntConsumer> one : turns.entrySet()) {
        double rate = perSecond(turn, threads, one.getValue());
        if (round > 0) {
          rates.merge(one.getKey(), rate / ROUNDS, Double::sum);
        }
      }
    }
    return rates;
  }

  /**
   * @return how many a second
   */
  static double perSecond(int count, int threads, IntConsumer action) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(threads);
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                action.accept(n);
              }
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    return count / ((System.nanoTime() - start) / 1e9);
  }

  /**
   * The same for some time rather than a number of times.
   *
   * @return how many a second
   * @throws IllegalStateException if one of them failed
   */
  static double perSecond(Duration time, int threads, IntConsumer action)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(threads);
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (System.nanoTime() - start < time.toNanos()) {
                action.accept(next.getAndIncrement());
              }
            } catch (RuntimeException e) {
              failure.set(e);
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    return next.get() / ((System.nanoTime() - start) / 1e9);
  }
}

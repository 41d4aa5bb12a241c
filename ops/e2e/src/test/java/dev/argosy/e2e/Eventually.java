package dev.argosy.e2e;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what becomes true in its own time. */
public final class Eventually {

  private static final Duration PAUSE = Duration.ofMillis(300);

  private Eventually() {}

  /** Asks again until the answer is good; fails with the last answer. */
  public static <T> T until(Duration limit, Supplier<T> question, Predicate<T> good) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      T answer = question.get();
      if (good.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("still not so after " + limit + ": " + answer);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

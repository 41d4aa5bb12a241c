package dev.argosy.server.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes soon. */
public final class Deadline {

  private Deadline() {}

  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come in ten seconds");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}

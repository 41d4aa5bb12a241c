package dev.argosy.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits, with a deadline, for what is bound to come but tells nobody when it does: the state of an
 * engine, of a process, of the kernel. Changes of the fake API are awaited there.
 */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Eventually() {}

  public static <T> T get(Callable<Optional<T>> look) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Optional<T> found = look.call();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not come within " + PATIENCE);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  public static void holds(Callable<Boolean> condition) {
    get(() -> condition.call() ? Optional.of(true) : Optional.empty());
  }
}

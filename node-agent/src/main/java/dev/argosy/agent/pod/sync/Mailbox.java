package dev.argosy.agent.pod.sync;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; any number of calls before it waits count as one. */
final class Mailbox {

  private final Semaphore calls = new Semaphore(0);

  void wake() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  /** Whether there was a call, and not only time that passed. */
  boolean await(Duration longest) throws InterruptedException {
    if (!calls.tryAcquire(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS)) {
      return false;
    }
    calls.drainPermits();
    return true;
  }
}

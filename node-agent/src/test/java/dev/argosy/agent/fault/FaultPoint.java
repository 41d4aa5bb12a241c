package dev.argosy.agent.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets an agent have so many effects. Whoever wants one more never returns, and neither does any
 * thread after it: no handler runs and nothing is put in order, as after {@code kill -9}.
 */
final class FaultPoint {

  private final int lives;
  private final AtomicInteger passed = new AtomicInteger();
  private final CountDownLatch dead = new CountDownLatch(1);

  /**
   * A point that lets that many pass.
   *
   * @param lives {@link Integer#MAX_VALUE} for an agent that does not die
   */
  FaultPoint(int lives) {
    this.lives = lives;
  }

  /** Comes before each effect. */
  void pass() {
    if (passed.getAndIncrement() >= lives) {
      dead.countDown();
      while (true) {
        LockSupport.park(this);
        Thread.interrupted();
      }
    }
  }

  boolean dead() {
    return dead.getCount() == 0;
  }

  /** How many effects there were, or were wanted. */
  int passed() {
    return passed.get();
  }
}

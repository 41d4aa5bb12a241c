package dev.argosy.store.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RevisionGateTest {

  private static final long LONG = TimeUnit.MINUTES.toNanos(1);

  private final RevisionGate gate = new RevisionGate();

  private FutureTask<Boolean> waiter() {
    FutureTask<Boolean> waiter = new FutureTask<>(() -> gate.await(7, LONG));
    Thread.startVirtualThread(waiter);
    return waiter;
  }

  @Test
  void whatIsReachedIsNotWaitedFor() throws Exception {
    gate.advance(7);
    assertThat(gate.await(7, 0)).isTrue();
    assertThat(gate.await(8, 0)).isFalse();
  }

  @Test
  void waitersGoWhenTheirRevisionIsThere() throws Exception {
    FutureTask<Boolean> waiter = waiter();
    gate.advance(6);
    gate.advance(7);
    assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void releaseEndsWaitingForGood() throws Exception {
    FutureTask<Boolean> before = waiter();
    gate.release();
    assertThat(before.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(waiter().get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void aPermitLeftOverFromAnotherWaitDoesNotEndThisOne() throws Exception {
    long time = TimeUnit.MILLISECONDS.toNanos(30);
    LockSupport.unpark(Thread.currentThread());
    long start = System.nanoTime();
    assertThat(gate.await(7, time)).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(time);
  }
}

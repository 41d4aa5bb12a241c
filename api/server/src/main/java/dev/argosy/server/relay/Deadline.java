package dev.argosy.server.relay;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Closes something when its time is up, unless it was stopped before. Any thread may stop it. */
public final class Deadline {

  private enum State {
    RUNNING,
    STOPPED,
    PASSED
  }

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

  private Deadline() {}

  /** Closes it after that time, on a thread of its own. */
  public static Deadline of(Closeable closed, Duration time) {
    Deadline deadline = new Deadline();
    Thread.ofVirtual().name("relay-deadline").start(() -> deadline.watch(closed, time));
    return deadline;
  }

  /** One that never passes. */
  public static Deadline never() {
    return new Deadline();
  }

  private void watch(Closeable closed, Duration time) {
    try {
      if (!over.await(time.toNanos(), TimeUnit.NANOSECONDS)
          && state.compareAndSet(State.RUNNING, State.PASSED)) {
        closed.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      over.countDown(); // it is given up anyway
    }
  }

  /** Whether time was up. */
  public boolean passed() {
    return state.get() == State.PASSED;
  }

  /** Lets it be; false if time was up before. */
  public boolean stop() {
    state.compareAndSet(State.RUNNING, State.STOPPED);
    over.countDown();
    return !passed();
  }
}

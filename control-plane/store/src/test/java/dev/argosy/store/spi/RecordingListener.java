package dev.argosy.store.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Keeps what a watch tells, and lets a test wait for it. */
public final class RecordingListener implements StoreWatch.Listener {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final List<List<StoreEvent>> batches = new ArrayList<>();
  private final List<RuntimeException> failures = new ArrayList<>();
  private long reached;

  @Override
  public void events(List<StoreEvent> events) {
    change(() -> {
      batches.add(List.copyOf(events));
      reached = Math.max(reached, events.getLast().revision());
    });
  }

  @Override
  public void progress(long revision) {
    change(() -> reached = Math.max(reached, revision));
  }

  @Override
  public void failed(RuntimeException cause) {
    change(() -> failures.add(cause));
  }

  /** Everything told until the revision was reached. */
  public List<StoreEvent> awaitRevision(long revision) {
    await(() -> reached >= revision, "revision " + revision);
    return events();
  }

  public List<StoreEvent> awaitEvents(int count) {
    await(() -> batches.stream().mapToInt(List::size).sum() >= count, count + " events");
    return events();
  }

  public RuntimeException awaitFailure() {
    await(() -> !failures.isEmpty(), "a failure");
    return failures.getFirst();
  }

  public List<StoreEvent> events() {
    lock.lock();
    try {
      return batches.stream().flatMap(List::stream).toList();
    } finally {
      lock.unlock();
    }
  }

  /** The events as they were told together. */
  public List<List<StoreEvent>> batches() {
    lock.lock();
    try {
      return List.copyOf(batches);
    } finally {
      lock.unlock();
    }
  }

  public long reached() {
    lock.lock();
    try {
      return reached;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier condition, String what) {
    long left = Duration.ofSeconds(20).toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("not told in time: " + what + "; told: " + batches + failures);
        }
        left = told.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }
}

package dev.argosy.store.cache;

import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far a cache has come, and those who wait for more. One thread advances it, cheaply while
 * nobody waits; each waiter is woken once, when its own revision is there.
 */
final class RevisionGate {

  private static final class Waiter implements Comparable<Waiter> {
    private final long revision;
    private final Thread thread = Thread.currentThread();
    private boolean queued = true;

    private Waiter(long revision) {
      this.revision = revision;
    }

    @Override
    public int compareTo(Waiter other) {
      return Long.compare(revision, other.revision);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();
  private volatile int waiting;
  private volatile long reached;
  private volatile boolean released;

  long reached() {
    return reached;
  }

  /** Never goes back. Called by one thread at a time. */
  void advance(long revision) {
    if (revision <= reached) {
      return;
    }
    reached = revision;
    if (waiting > 0) {
      wake(revision);
    }
  }

  /** Wakes all, whatever they wait for; nobody waits here any more. */
  void release() {
    released = true;
    wake(Long.MAX_VALUE);
  }

  /**
   * Waits until the revision is reached, {@link #release} is called, or the time is over.
   *
   * @return whether it is reached
   */
  boolean await(long revision, long nanos) throws InterruptedException {
    if (reached >= revision) {
      return true;
    }
    Waiter waiter = new Waiter(revision);
    add(waiter);
    try {
      park(revision, System.nanoTime() + nanos);
    } finally {
      remove(waiter);
    }
    return reached >= revision;
  }

  /** A thread may come with a permit left over from an earlier wait, so one park proves nothing. */
  private void park(long revision, long deadline) throws InterruptedException {
    while (reached < revision && !released) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void add(Waiter waiter) {
    lock.lock();
    try {
      waiters.add(waiter);
      waiting++;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Waiter waiter) {
    lock.lock();
    try {
      if (waiter.queued) {
        waiters.remove(waiter);
        waiting--;
      }
    } finally {
      lock.unlock();
    }
  }

  private void wake(long upTo) {
    lock.lock();
    try {
      while (!waiters.isEmpty() && waiters.peek().revision <= upTo) {
        Waiter waiter = waiters.remove();
        waiter.queued = false;
        waiting--;
        LockSupport.unpark(waiter.thread);
      }
    } finally {
      lock.unlock();
    }
  }
}

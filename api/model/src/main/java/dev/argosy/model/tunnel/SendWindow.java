package dev.argosy.model.tunnel;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The credits that the peer gave for one stream. */
final class SendWindow {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long credits;
  private @Nullable String failure;

  SendWindow(int credits) {
    this.credits = credits;
  }

  /** Waits for credits and takes at most that many. */
  int take(int wanted) throws TunnelException, InterruptedException {
    lock.lock();
    try {
      while (credits == 0 && failure == null) {
        changed.await();
      }
      if (failure != null) {
        throw new TunnelException(failure);
      }
      int taken = (int) Math.min(wanted, credits);
      credits -= taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  void give(int bytes) {
    lock.lock();
    try {
      credits += bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void fail(String reason) {
    lock.lock();
    try {
      failure = failure == null ? reason : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

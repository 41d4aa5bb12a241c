package dev.argosy.store.cache;

import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreUnavailableException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store for its current revision on behalf of many: while one question is on its way, all
 * who come meanwhile share the next one. An answer always comes from a question asked after the
 * call.
 */
final class CurrentRevision {

  private final ResourceStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition answered = lock.newCondition();
  private long callers;
  private long served;
  private boolean asking;
  private long answer;
  private @Nullable StoreUnavailableException failure;

  CurrentRevision(ResourceStore store) {
    this.store = store;
  }

  long read() {
    lock.lock();
    try {
      long ticket = ++callers;
      while (served < ticket && asking) {
        answered.awaitUninterruptibly();
      }
      if (served < ticket) {
        ask();
      }
      if (failure != null) {
        throw new StoreUnavailableException("current revision unknown", failure);
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /** Serves all who came before the question. Called and left with the lock held. */
  private void ask() {
    long covered = callers;
    asking = true;
    lock.unlock();
    long found = 0;
    StoreUnavailableException problem = null;
    try {
      found = store.currentRevision();
    } catch (StoreUnavailableException e) {
      problem = e;
    } finally {
      lock.lock();
      asking = false;
      answered.signalAll();
    }
    served = covered;
    answer = found;
    failure = problem;
  }
}

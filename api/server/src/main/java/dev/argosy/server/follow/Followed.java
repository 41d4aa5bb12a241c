package dev.argosy.server.follow;

import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.WatchCache;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the changes of one resource have been followed. One thread reports, any may ask. */
public final class Followed {

  private final WatchCache cache;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private volatile long reached;

  public Followed(WatchCache cache) {
    this.cache = cache;
  }

  /** All changes up to this revision count now. */
  public void reached(long revision) {
    lock.lock();
    try {
      reached = Math.max(reached, revision);
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all changes up to a revision count; false if time is up. */
  public boolean counted(long revision, Duration patience) {
    if (!cache.awaitRevision(revision, patience)) {
      return false;
    }
    long last = cache.peek().map(CacheSnapshot::revision).orElse(Long.MAX_VALUE);
    return last <= reached || await(last, patience);
  }

  private boolean await(long revision, Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (reached < revision) {
        if (left <= 0) {
          return false;
        }
        left = advanced.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a cluster has what it had at a revision; false if that is no longer known. */
  public boolean unchangedSince(String cluster, long revision) {
    return cache
        .snapshotAt(revision)
        .filter(then -> then.stateOf(cluster) == cache.snapshot().stateOf(cluster))
        .isPresent();
  }
}

package dev.argosy.store.etcd;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Gives out etcd's leases. Values of one lifetime that come one after another share a lease: for a
 * minute, or a twentieth of the lifetime if that is shorter, and {@value #MOST} values at most, so
 * that the end of a lease never is a flood of deletions. Nothing runs, and etcd knows no lease,
 * while nobody asks. Any thread may call; only those who need a new lease wait for it.
 *
 * @see <a href="https://etcd.io/docs/v3.6/learning/api/#lease-api">Lease API</a>
 */
final class EtcdLeases {

  static final int MOST = 1_000;
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);
  private static final int SHARE = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Duration, Lease> current = new HashMap<>();
  private final Granter granter;
  private final LongSupplier nanos;

  /** Asks etcd for a lease. */
  interface Granter {
    /** The new lease's number. */
    long grant(long seconds);
  }

  private static final class Lease {
    final long id;
    final long until;
    int values;

    Lease(long id, long until) {
      this.id = id;
      this.until = until;
    }
  }

  /**
   * No lease yet.
   *
   * @param nanos a clock that never goes back
   */
  EtcdLeases(Granter granter, LongSupplier nanos) {
    this.granter = granter;
    this.nanos = nanos;
  }

  /** A lease that lasts at least so long from now. */
  long of(Duration lifetime) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      Lease lease = current.get(lifetime);
      if (lease == null || now - lease.until >= 0 || lease.values >= MOST) {
        Duration window = window(lifetime);
        long seconds = roundedUp(lifetime.plus(window));
        lease = new Lease(granter.grant(seconds), now + window.toNanos());
        current.put(lifetime, lease);
      }
      lease.values++;
      return lease.id;
    } finally {
      lock.unlock();
    }
  }

  /** etcd does not know them any more. */
  void forget() {
    lock.lock();
    try {
      current.clear();
    } finally {
      lock.unlock();
    }
  }

  private static Duration window(Duration lifetime) {
    Duration share = lifetime.dividedBy(SHARE);
    return share.compareTo(LONGEST_WINDOW) < 0 ? share : LONGEST_WINDOW;
  }

  private static long roundedUp(Duration time) {
    return time.toSeconds() + (time.toNanosPart() > 0 ? 1 : 0);
  }
}

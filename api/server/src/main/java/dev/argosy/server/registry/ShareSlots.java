package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.quota.Share;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The shares of one quota on this server: which of them a write is charging just now, and how they
 * were left. What is remembered may be old; the store says so when it is used.
 */
final class ShareSlots {

  /** One share, held by one write at a time. */
  final class Slot {

    private final int index;
    private final ObjectKey key;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private @Nullable Share known;

    Slot(int index, ObjectKey key) {
      this.index = index;
      this.key = key;
    }

    int index() {
      return index;
    }

    ObjectKey key() {
      return key;
    }

    @Nullable Share known() {
      return known;
    }

    void know(Share share) {
      known = share;
    }

    void forget() {
      known = null;
    }

    void release() {
      held.decrementAndGet();
      lock.unlock();
    }
  }

  /** So many are charged at first, beside the one that has the rest; each is a key in etcd. */
  static final int FEW = 1;

  /** So many writes have to wait before one share more is used. */
  private static final int WAITS = 16;

  private final List<Slot> slots;
  private final int first;
  private final AtomicInteger waits = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong silent = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong counted = new AtomicLong(Long.MIN_VALUE);

  /**
   * The shares of a quota.
   *
   * @param first where to begin; servers that begin elsewhere get less into each other's way
   */
  ShareSlots(String quota, int first) {
    this.slots =
        IntStream.range(0, Share.MOST).mapToObj(i -> new Slot(i, Share.keyOf(quota, i))).toList();
    this.first = first;
  }

  /** Whether somebody may count what is used now; nobody else may for a while then. */
  boolean mayCount(long now, Duration pause) {
    long last = counted.get();
    return (last == Long.MIN_VALUE || now - last >= pause.toMillis())
        && counted.compareAndSet(last, now);
  }

  /** Whether whoever holds a share is the only one on this server. */
  boolean alone() {
    return held.get() == 1;
  }

  /** How many writes on this server left it to others to say what is used then. */
  long silent() {
    return silent.get();
  }

  void keepSilent() {
    silent.incrementAndGet();
  }

  /** Whether the quota says what is used, with all of those. */
  boolean toldUpTo(long count) {
    return told.get() == count;
  }

  /** It says so now. */
  void told(long count) {
    told.set(count);
  }

  /**
   * Holds one of the first {@code count}: one that nobody holds, or else waits. There are few of
   * them at first, and more the more writes had to wait.
   */
  Slot take(int count) {
    held.incrementAndGet();
    int width = Math.min(count, FEW + waits.get() / WAITS);
    for (int i = 0; i < width; i++) {
      Slot slot = slots.get(Math.floorMod(first + i, count));
      if (slot.lock.tryLock()) {
        return slot;
      }
    }
    int turn = waits.updateAndGet(n -> Math.min(n + 1, WAITS * Share.MOST));
    Slot slot = slots.get(Math.floorMod(first + turn % width, count));
    await(slot);
    return slot;
  }

  /** While tenants change places two writes may wait for each other: no longer than they may. */
  private void await(Slot slot) {
    boolean taken = false;
    try {
      while (!taken) {
        Deadline.current().check();
        taken = slot.lock.tryLock(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("ended while others charged " + slot.key());
    } finally {
      if (!taken) {
        held.decrementAndGet();
      }
    }
  }
}

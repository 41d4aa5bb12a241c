package dev.argosy.store.cache;

import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A watcher's place in the events of a resource. One thread reads; {@link #close} may come from any
 * thread and ends the reading. Costs nothing while nothing happens that it asked for.
 */
public final class EventCursor implements AutoCloseable {

  /** About so many events come at once, so that a late watcher does not hold all in memory. */
  private static final int BATCH = 512;

  /** Where a cursor begins. */
  record Start(long epoch, long sequence, long revision) {}

  private final EventLog log;
  private final Channel channel;
  private final EventFilter filter;
  private final RevisionGate gate;
  private final long epoch;
  private final long start;
  private long next;
  private volatile long revision;
  private volatile boolean closed;
  private volatile @Nullable Thread waiting;

  EventCursor(EventLog log, Channel channel, EventFilter filter, Start start, RevisionGate gate) {
    this.log = log;
    this.channel = channel;
    this.filter = filter;
    this.gate = gate;
    this.epoch = start.epoch;
    this.start = start.revision;
    this.next = start.sequence;
    this.revision = start.revision;
  }

  /**
   * Waits for events and returns those that are there, in the order of revisions; events of one
   * revision come together. Empty when time is up or the cursor was closed.
   *
   * @throws CompactedException if events were lost because this watcher was too slow or the store's
   *     history had a gap: list again
   * @throws StoreUnavailableException if the cache was closed
   */
  public List<CacheEvent> next(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<CacheEvent> found = poll();
    while (found.isEmpty() && !closed) {
      waiting = Thread.currentThread();
      found = poll();
      long left = deadline - System.nanoTime();
      if (!found.isEmpty() || closed || left <= 0) {
        break;
      }
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        waiting = null;
        throw new InterruptedException();
      }
    }
    waiting = null;
    return found;
  }

  /** All that this cursor asked for, up to this revision, has been returned. For bookmarks. */
  public long revision() {
    return revision;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      log.remove(this, channel, filter);
      wake();
    }
  }

  void wake() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  private List<CacheEvent> poll() {
    if (closed) {
      return List.of();
    }
    if (log.closed()) {
      throw new StoreUnavailableException("the cache was closed");
    }
    long reached = gate.reached();
    long end = log.ring().head();
    Batch batch = new Batch();
    if (next < channel.since()) {
      scan(batch, Math.min(end, channel.since()));
    }
    if (!batch.full() && next >= channel.since() && next < end) {
      follow(batch, end);
    }
    if (log.epoch() != epoch) {
      throw new CompactedException(revision);
    }
    revision = Math.max(revision, batch.full() ? batch.last : Math.max(reached, batch.last));
    return batch.events;
  }

  /** Reads the ring itself: events from before the channel was there. */
  private void scan(Batch batch, long end) {
    while (next < end && !batch.stopsBefore(slot(next))) {
      batch.add(slot(next));
      next++;
    }
  }

  private void follow(Batch batch, long end) {
    long[] sequences = channel.range(next, end);
    if (sequences == null) {
      throw new CompactedException(revision);
    }
    for (long sequence : sequences) {
      Slot slot = slot(sequence);
      if (batch.stopsBefore(slot)) {
        next = sequence;
        return;
      }
      batch.add(slot);
      next = sequence + 1;
    }
    next = end;
  }

  private Slot slot(long sequence) {
    Slot slot = log.ring().get(sequence);
    if (slot == null) {
      throw new CompactedException(revision);
    }
    return slot;
  }

  /** Collects whole revisions until there are enough. */
  private final class Batch {
    private final List<CacheEvent> events = new ArrayList<>();
    private long last;
    private boolean more;

    boolean stopsBefore(Slot slot) {
      more = events.size() >= BATCH && slot.revision() != last;
      return more;
    }

    void add(Slot slot) {
      if (slot.revision() > start && filter.wants(slot)) {
        events.add(slot.event());
        last = slot.revision();
      }
    }

    boolean full() {
      return more;
    }
  }
}

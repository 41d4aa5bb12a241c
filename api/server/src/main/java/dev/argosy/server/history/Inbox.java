package dev.argosy.server.history;

import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Between a store's watch and the thread that records: bounded, and never in the watch's way. When
 * it is full it takes no more; what it has can still be taken, and then the watch is to be opened
 * anew behind that.
 */
final class Inbox implements StoreWatch.Listener {

  /** What is taken at a time. */
  private static final int EVENTS = 500;

  private final Predicate<StoreEvent> wanted;
  private final long room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<List<StoreEvent>> waiting = new ArrayList<>();
  private long bytes;
  private long seen;
  private boolean full;
  private @Nullable RuntimeException failure;

  /**
   * An empty one.
   *
   * @param wanted what is not left out at once
   * @param room the most bytes of values
   */
  Inbox(Predicate<StoreEvent> wanted, long room) {
    this.wanted = wanted;
    this.room = room;
  }

  /**
   * What is to be recorded next.
   *
   * @param to with these events everything up to this revision is told; 0 if nothing happened
   * @param last whether nothing more comes, since it was full
   */
  record Piece(List<StoreEvent> events, long to, boolean last) {}

  @Override
  public void events(List<StoreEvent> events) {
    List<StoreEvent> kept = events.stream().filter(wanted).toList();
    lock.lock();
    try {
      if (full) {
        return;
      }
      long size = kept.stream().mapToLong(Inbox::size).sum();
      if (bytes > 0 && bytes + size > room) {
        full = true;
      } else {
        bytes += size;
        if (!kept.isEmpty()) {
          waiting.add(kept);
        }
        seen = events.getLast().revision();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long size(StoreEvent event) {
    return event instanceof StoreEvent.Put put ? put.stored().value().length + 256L : 256L;
  }

  @Override
  public void progress(long revision) {
    lock.lock();
    try {
      if (!full) {
        seen = Math.max(seen, revision);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void failed(RuntimeException cause) {
    lock.lock();
    try {
      failure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for events at most so long.
   *
   * @throws RuntimeException why the watch cannot go on, when all before it was taken
   */
  Piece next(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (waiting.isEmpty() && !full && failure == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (waiting.isEmpty() && failure != null) {
        throw failure;
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Whole revisions only: a list of the watch is never cut. */
  private Piece take() {
    List<StoreEvent> events = new ArrayList<>();
    int lists = 0;
    while (lists < waiting.size() && events.size() < EVENTS) {
      events.addAll(waiting.get(lists++));
    }
    waiting = new ArrayList<>(waiting.subList(lists, waiting.size()));
    events.forEach(event -> bytes -= size(event));
    boolean all = waiting.isEmpty();
    return new Piece(events, all ? seen : events.getLast().revision(), all && full);
  }
}

package dev.argosy.bench;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.EventCursor;
import dev.argosy.store.cache.EventFilter;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A thousand cursors on one resource: as fast as it goes, and the delay at a steady rate. */
final class WatchFanOut implements Benchmark {

  private static final int WATCHERS = 1_000;
  private static final int BURST = 5_000;
  private static final int STEADY = 200;

  /** 20 events a second to each of 1,000 watchers: 20,000 deliveries a second. */
  private static final long STEADY_GAP = TimeUnit.MILLISECONDS.toNanos(50);

  @Override
  public void run(Consumer<Result> out) throws Exception {
    double best = 0;
    for (int round = 0; round < 3; round++) {
      best = Math.max(best, burst());
    }
    out.accept(new Result("delivered to 1,000 cursors, burst", best, "events/s", "≥ 100,000"));
    long[] delays = steady();
    Arrays.sort(delays);
    double p99 = delays[(int) (delays.length * 0.99)] / 1e6;
    out.accept(new Result("p99 delay at 20,000 deliveries/s", p99, "ms", "≤ 250"));
  }

  private static double burst() throws InterruptedException {
    try (MemoryStore store = new MemoryStore();
        StoreCaches caches = new StoreCaches(store)) {
      List<Thread> readers = start(caches.of(Pods.PODS), BURST, (index, event) -> {});
      long start = System.nanoTime();
      write(store, BURST, 0, (index, nanos) -> {});
      for (Thread reader : readers) {
        reader.join();
      }
      return (double) BURST * WATCHERS / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static long[] steady() throws InterruptedException {
    try (MemoryStore store = new MemoryStore();
        StoreCaches caches = new StoreCaches(store)) {
      AtomicLongArray written = new AtomicLongArray(STEADY);
      AtomicLongArray delays = new AtomicLongArray(STEADY * WATCHERS);
      List<Thread> readers =
          start(
              caches.of(Pods.PODS),
              STEADY,
              (index, slot) -> delays.set(slot, System.nanoTime() - written.get(index)));
      write(store, STEADY, STEADY_GAP, written::set);
      for (Thread reader : readers) {
        reader.join();
      }
      long[] all = new long[delays.length()];
      Arrays.setAll(all, delays::get);
      return all;
    }
  }

  /** Is told of each delivery: which event, and a number of its own for the delivery. */
  private interface Delivery {
    void delivered(int event, int slot);
  }

  /** Is told when each event was written. */
  private interface Written {
    void at(int event, long nanos);
  }

  private static List<Thread> start(WatchCache cache, int events, Delivery delivery) {
    long revision = cache.snapshot().revision();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < WATCHERS; i++) {
      EventCursor cursor = cache.eventsAfter(revision, EventFilter.ALL);
      int first = i * events;
      readers.add(Thread.ofVirtual().start(() -> read(cursor, events, first, delivery)));
    }
    return readers;
  }

  private static void read(EventCursor cursor, int events, int first, Delivery delivery) {
    int seen = 0;
    try (cursor) {
      while (seen < events) {
        for (CacheEvent event : cursor.next(Duration.ofSeconds(30))) {
          delivery.delivered(seen, first + seen);
          seen += event.revision() > 0 ? 1 : 0;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(MemoryStore store, int count, long gap, Written written) {
    ObjectKey key = Pods.key(1);
    long revision = 0;
    for (int i = 0; i < count; i++) {
      byte[] json = Pods.json(key, i);
      Change change =
          revision == 0 ? new Change.Create(key, json) : new Change.Update(key, revision, json);
      written.at(i, System.nanoTime());
      revision = ((CommitResult.Committed) store.commit(List.of(change))).revision();
      if (gap > 0) {
        LockSupport.parkNanos(gap);
      }
    }
  }
}

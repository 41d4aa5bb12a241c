package dev.argosy.bench;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A hundred thousand pods in the watch cache: what they cost, and how fast they are found. */
final class CacheMemory implements Benchmark {

  private static final int COUNT = 100_000;
  private static final int UPDATES = 20_000;

  @Override
  public void run(Consumer<Result> out) {
    try (MemoryStore store = new MemoryStore();
        StoreCaches caches = new StoreCaches(store)) {
      long bytes = fill(store);
      long before = used();
      long start = System.nanoTime();
      WatchCache cache = caches.of(Pods.PODS);
      CacheSnapshot snapshot = awaitFirst(cache);
      out.accept(new Result("loading 100,000 pods", millis(start), "ms", ""));
      double ratio = (double) (used() - before) / bytes;
      out.accept(new Result("heap of the cache / bytes of the objects", ratio, "", "≤ 3"));
      read(snapshot, out);
      change(store, cache, out);
    }
  }

  private static long fill(MemoryStore store) {
    long bytes = 0;
    for (int i = 0; i < COUNT; i++) {
      ObjectKey key = Pods.key(i);
      byte[] json = Pods.json(key, i);
      bytes += json.length;
      store.commit(List.of(new Change.Create(key, json)));
    }
    return bytes;
  }

  private static CacheSnapshot awaitFirst(WatchCache cache) {
    return cache.currentSnapshot(Duration.ofMinutes(1));
  }

  private static void read(CacheSnapshot snapshot, Consumer<Result> out) {
    long sum = 0;
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (ApiObject object : snapshot.list("", "")) {
        sum += object.size();
      }
      best = Math.min(best, millis(start));
    }
    out.accept(new Result("going through all 100,000 in order", best, "ms", ""));
    long start = System.nanoTime();
    for (int i = 0; i < COUNT; i++) {
      sum += snapshot.list("", "", Pods.key(i)).iterator().hasNext() ? 1 : 0;
    }
    out.accept(new Result("beginning behind a key", nanosEach(start, COUNT), "ns", ""));
    start = System.nanoTime();
    for (int i = 0; i < COUNT; i++) {
      sum += snapshot.countAfter("tenant-" + i % 100, "default", Pods.key(i));
    }
    out.accept(new Result("counting what follows a key", nanosEach(start, COUNT), "ns", ""));
    start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      sum += snapshot.onNode("node-" + i).size();
    }
    out.accept(new Result("the 100 pods of a node", nanosEach(start, 1_000) / 1e3, "µs", ""));
    if (sum == 0) {
      throw new IllegalStateException("nothing was read");
    }
  }

  private static void change(MemoryStore store, WatchCache cache, Consumer<Result> out) {
    long start = System.nanoTime();
    long last = 0;
    for (int i = 0; i < UPDATES; i++) {
      ObjectKey key = Pods.key(i);
      long revision = store.get(key).orElseThrow().revision();
      Change change = new Change.Update(key, revision, Pods.json(key, i));
      last = ((CommitResult.Committed) store.commit(List.of(change))).revision();
    }
    if (!cache.awaitRevision(last, Duration.ofMinutes(1))) {
      throw new IllegalStateException("the cache fell behind");
    }
    out.accept(
        new Result("updates taken into the tree", UPDATES / (millis(start) / 1e3), "/s", ""));
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static double nanosEach(long start, int count) {
    return (double) (System.nanoTime() - start) / count;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}

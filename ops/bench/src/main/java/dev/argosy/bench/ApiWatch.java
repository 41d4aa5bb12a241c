package dev.argosy.bench;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A thousand watches over TLS on ten HTTP/2 connections, all of the same pods: as fast as it goes,
 * and the delay at a steady rate, from before the write to the end of the line at the client. The
 * client shares the processors with the server.
 */
final class ApiWatch implements Benchmark {

  private static final int WATCHERS = 1_000;
  private static final int CONNECTIONS = 10;
  private static final int BURST = 200;
  private static final int STEADY = 200;
  private static final int ROUNDS = 3;
  private static final long LIMIT_SECONDS = 12;

  /** 20 events a second to each of 1,000 watchers: 20,000 deliveries a second. */
  private static final long STEADY_GAP = TimeUnit.MILLISECONDS.toNanos(50);

  private static final ObjectKey POD = new ObjectKey(Pods.PODS, "acme", "default", "watched");

  @Override
  public void run(Consumer<Result> out) throws Exception {
    MemoryStore store = new MemoryStore();
    long revision = write(store, 0, 0, 1, new AtomicLongArray(1));
    try (Front front = Front.encrypted(store, parts -> {})) {
      List<HttpClient> clients = front.clients(CONNECTIONS);
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        try (Watched watched = Watched.open(front, clients, BURST)) {
          long start = System.nanoTime();
          revision = write(store, revision, 0, BURST, watched.written);
          double seconds = watched.await(start);
          best = Math.max(best, (double) BURST * WATCHERS / seconds);
        }
      }
      int size = Pods.json(POD, 1).length;
      String burst = "1,000 watches over HTTP/2 and TLS, " + size + " bytes each: delivered";
      out.accept(new Result(burst, best, "events/s", "≥ 100,000"));
      try (Watched watched = Watched.open(front, clients, STEADY)) {
        long start = System.nanoTime();
        write(store, revision, STEADY_GAP, STEADY, watched.written);
        double rate = (double) STEADY * WATCHERS / watched.await(start);
        out.accept(new Result("the same at a steady rate: delivered", rate, "events/s", ""));
        out.accept(new Result("p50 delay at that rate", watched.percentile(0.5), "ms", ""));
        out.accept(new Result("p99 delay at that rate", watched.percentile(0.99), "ms", "≤ 250"));
      }
    }
  }

  private static long write(
      MemoryStore store, long revision, long gap, int count, AtomicLongArray written) {
    long reached = revision;
    long due = System.nanoTime();
    for (int i = 0; i < count; i++) {
      byte[] json = Pods.json(POD, i);
      Change change =
          reached == 0 ? new Change.Create(POD, json) : new Change.Update(POD, reached, json);
      written.set(i, System.nanoTime());
      reached = ((CommitResult.Committed) store.commit(List.of(change))).revision();
      due += gap;
      LockSupport.parkNanos(due - System.nanoTime());
    }
    return reached;
  }

  /** All watches, open: what they were told, and when. */
  private static final class Watched implements AutoCloseable {

    final AtomicLongArray written;
    private final AtomicLongArray delays;
    private final List<EventLines> watches = new ArrayList<>();
    private final CountDownLatch open = new CountDownLatch(WATCHERS);
    private final CountDownLatch done = new CountDownLatch(WATCHERS);

    private Watched(int events) {
      this.written = new AtomicLongArray(events);
      this.delays = new AtomicLongArray(events * WATCHERS);
    }

    static Watched open(Front front, List<HttpClient> clients, int events)
        throws InterruptedException {
      Watched watched = new Watched(events);
      long now =
          front.server.caches.of(Pods.PODS).currentSnapshot(Duration.ofSeconds(5)).revision();
      HttpRequest request =
          front
              .request(Front.NAMESPACE + "pods?watch=1&timeoutSeconds=60&resourceVersion=" + now)
              .build();
      for (int i = 0; i < WATCHERS; i++) {
        int slot = i * events;
        EventLines lines =
            new EventLines(
                events,
                n -> watched.delays.set(slot + n, System.nanoTime() - watched.written.get(n)),
                watched.done);
        watched.watches.add(lines);
        clients.get(i % CONNECTIONS).sendAsync(request, lines.handler(watched.open));
      }
      if (!watched.open.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(watched.open.getCount() + " watches do not open");
      }
      return watched;
    }

    /** The seconds until everybody had everything. */
    double await(long start) throws InterruptedException {
      if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(done.getCount() + " watches lack events");
      }
      return (System.nanoTime() - start) / 1e9;
    }

    double percentile(double share) {
      long[] all = new long[delays.length()];
      Arrays.setAll(all, delays::get);
      Arrays.sort(all);
      return all[(int) (all.length * share)] / 1e6;
    }

    @Override
    public void close() {
      watches.forEach(EventLines::cancel);
    }
  }
}

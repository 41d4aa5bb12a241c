package dev.argosy.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.EventCursor;
import dev.argosy.store.cache.EventFilter;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.RecordingListener;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** etcd dies, hangs, comes back: bounded waits, nothing lost, no hand needed. */
class EtcdOutageTest {

  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");

  private final EtcdServer server = EtcdServer.start();
  private final EtcdStore store =
      new EtcdStore(server.config().withRequestTimeout(Duration.ofSeconds(2)));

  @AfterEach
  void stop() {
    server.thaw();
    store.close();
    server.close();
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(CONFIG_MAPS, "acme", "default", name);
  }

  private long create(String name) {
    byte[] value =
        ("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}")
            .getBytes(StandardCharsets.UTF_8);
    CommitResult result = store.commit(List.of(new Change.Create(key(name), value)));
    return ((CommitResult.Committed) result).revision();
  }

  /** Tries until it works, as every caller may; fails if that takes too long. */
  private static <T> T eventually(Supplier<T> call) {
    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (true) {
      try {
        return call.get();
      } catch (StoreUnavailableException e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("etcd is back, but not for us", e);
        }
      }
    }
  }

  private void refusedInTime() {
    long start = System.nanoTime();
    assertThatThrownBy(store::currentRevision).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> create("during")).isInstanceOf(StoreUnavailableException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void killedAndBack() throws InterruptedException {
    WatchCache cache = new StoreCaches(store).of(CONFIG_MAPS);
    long first = create("a");
    RecordingListener listener = new RecordingListener();
    try (StoreWatch watch = store.watch(first - 1, listener);
        EventCursor cursor = cache.eventsAfter(cache.snapshot().revision(), EventFilter.ALL)) {
      listener.awaitRevision(first);
      server.kill();
      refusedInTime();
      assertThat(cache.snapshot().get(key("a"))).isPresent();
      assertThatThrownBy(() -> cache.currentSnapshot(Duration.ofSeconds(1)))
          .isInstanceOf(StoreUnavailableException.class);
      server.up();
      long second = eventually(() -> create("b"));
      assertThat(listener.awaitRevision(second))
          .extracting(e -> e.key().name())
          .containsExactly("a", "b");
      assertThat(cache.awaitRevision(second, Duration.ofSeconds(10))).isTrue();
      assertThat(cursor.next(Duration.ofSeconds(5)))
          .extracting(CacheEvent::revision)
          .contains(second);
      watch.requestProgress();
    }
  }

  @Test
  void hangsAndGoesOn() {
    RecordingListener listener = new RecordingListener();
    try (StoreWatch watch = store.watch(0, listener)) {
      listener.awaitRevision(create("a"));
      server.freeze();
      refusedInTime();
      server.thaw();
      long last = eventually(() -> create("b"));
      assertThat(listener.awaitRevision(last)).extracting(e -> e.key().name()).contains("a", "b");
      watch.requestProgress();
    }
  }

  @Test
  void everyAcknowledgedWriteIsToldOnceThroughCrashes() {
    RecordingListener listener = new RecordingListener();
    List<Long> acknowledged = new ArrayList<>();
    try (StoreWatch watch = store.watch(0, listener)) {
      for (int crash = 0; crash < 3; crash++) {
        for (int i = 0; i < 50; i++) {
          acknowledged.add(create("n-" + crash + "-" + i));
        }
        server.kill();
        server.up();
        int round = crash;
        acknowledged.add(eventually(() -> create("back-" + round)));
      }
      List<StoreEvent> told = listener.awaitRevision(acknowledged.getLast());
      assertThat(told).extracting(StoreEvent::revision).containsAll(acknowledged);
      assertThat(told).extracting(StoreEvent::revision).doesNotHaveDuplicates().isSorted();
      watch.requestProgress();
    }
  }

  @Test
  void startsBeforeEtcd() {
    server.kill();
    StoreCaches caches = new StoreCaches(store);
    assertThatThrownBy(store::currentRevision).isInstanceOf(StoreUnavailableException.class);
    Thread reader = Thread.ofVirtual().start(() -> eventually(caches.of(CONFIG_MAPS)::snapshot));
    server.up();
    long revision = eventually(() -> create("a"));
    assertThat(
            eventually(
                () -> caches.of(CONFIG_MAPS).awaitRevision(revision, Duration.ofSeconds(10))))
        .isTrue();
    assertThat(reader).isNotNull();
    caches.close();
  }

  @Test
  void foreignWritesDoNotHoldUpConsistentReads() {
    EtcdStore neighbour =
        new EtcdStore(
            new EtcdConfig(
                List.of(server.endpoint()),
                "/neighbour",
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                EtcdConfig.Security.NONE));
    WatchCache cache = new StoreCaches(store).of(CONFIG_MAPS);
    create("a");
    cache.snapshot();
    for (int i = 0; i < 10; i++) {
      long foreign = neighbour.writeFence();
      assertThat(cache.currentSnapshot(Duration.ofSeconds(5)).revision())
          .isGreaterThanOrEqualTo(foreign);
    }
    neighbour.close();
  }

  @Test
  void compactorKeepsRecentHistory() throws InterruptedException {
    long first = create("a");
    RecordingListener listener = new RecordingListener();
    Duration history = Duration.ofMillis(300);
    long started = System.nanoTime();
    try (EtcdCompactor compactor = new EtcdCompactor(store, history).start();
        StoreWatch watch = store.watch(first, listener)) {
      assertThat(compactor).isNotNull();
      boolean kept = true;
      while (kept) {
        try {
          store.list(CONFIG_MAPS, "", first, null, 0);
          Thread.onSpinWait();
        } catch (dev.argosy.store.spi.CompactedException e) {
          kept = false;
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started))
            .isLessThan(Duration.ofSeconds(20));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(history);
      long last = create("b");
      listener.awaitRevision(last);
      watch.requestProgress();
    }
  }
}

package dev.argosy.store.cache;

import static dev.argosy.store.cache.Things.PODS;
import static dev.argosy.store.cache.Things.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchCacheTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final MemoryStore store = new MemoryStore();
  private final StoreCaches caches =
      new StoreCaches(
          store,
          new CacheLimits(Duration.ofMinutes(5), 64, Duration.ofMillis(300)),
          Clock.systemUTC());
  private final ObjectKey web = pod("acme", "default", "web");

  @AfterEach
  void close() {
    caches.close();
    store.close();
  }

  private long create(ObjectKey key, String app, String owner, String node) {
    return committed(new Change.Create(key, pod(key, app, owner, node)));
  }

  private long update(ObjectKey key, String app, String node) {
    long revision = store.get(key).orElseThrow().revision();
    return committed(new Change.Update(key, revision, pod(key, app, "", node)));
  }

  private long delete(ObjectKey key) {
    return committed(new Change.Delete(key, store.get(key).orElseThrow().revision()));
  }

  private long committed(Change change) {
    return ((CommitResult.Committed) store.commit(List.of(change))).revision();
  }

  private CacheSnapshot at(long revision) {
    WatchCache cache = caches.of(PODS);
    assertThat(cache.awaitRevision(revision, SOON)).isTrue();
    return cache.snapshot();
  }

  private static List<String> names(Iterable<ApiObject> objects) {
    List<String> names = new ArrayList<>();
    objects.forEach(o -> names.add(o.cluster() + "/" + o.namespace() + "/" + o.name()));
    return names;
  }

  @Test
  void showsWhatWasThereAndWhatCameLater() {
    create(web, "shop", "", "");
    CacheSnapshot first = caches.of(PODS).snapshot();
    assertThat(first.get(web)).isPresent();

    ObjectKey db = pod("acme", "default", "db");
    long revision = create(db, "shop", "", "");
    CacheSnapshot second = at(revision);
    assertThat(names(second.list("", ""))).containsExactly("acme/default/db", "acme/default/web");
    assertThat(second.get(db).orElseThrow().revision()).isEqualTo(revision);
    assertThat(first.get(db)).isEmpty();
  }

  @Test
  void listsPartsInOrderBehindAKey() {
    for (String cluster : List.of("a", "a-b", "b")) {
      for (String namespace : List.of("x", "x-1", "y")) {
        create(pod(cluster, namespace, "one"), "", "", "");
        create(pod(cluster, namespace, "two"), "", "", "");
      }
    }
    CacheSnapshot all = at(store.currentRevision());
    assertThat(names(all.list("a", "", pod("a", "x", "two"))))
        .containsExactly("a/x-1/one", "a/x-1/two", "a/y/one", "a/y/two");
    assertThat(names(all.list("", "", pod("a-b", "y", "one")))).hasSize(7).startsWith("a-b/y/two");
    assertThat(names(all.list("b", "x-1", pod("b", "x-1", "a")))).hasSize(2);
    assertThat(names(all.list("b", "x", pod("b", "x-1", "a")))).isEmpty();
    assertThat(all.count("", "")).isEqualTo(18);
    assertThat(all.count("a", "")).isEqualTo(6);
    assertThat(all.count("", "y")).isEqualTo(6);
    assertThat(all.count("a-b", "y")).isEqualTo(2);
    assertThat(all.countAfter("", "", pod("a-b", "y", "one"))).isEqualTo(7);
    assertThat(all.countAfter("a", "", pod("a", "x", "two"))).isEqualTo(4);
    assertThat(all.countAfter("b", "x-1", pod("b", "x-1", "one"))).isEqualTo(1);
  }

  @Test
  void findsByLabelNodeAndOwner() {
    create(web, "shop", "u1", "n1");
    create(pod("globex", "default", "web"), "shop", "u2", "n1");
    CacheSnapshot before = at(store.currentRevision());
    assertThat(names(before.labelled("acme", "", "app", "shop")))
        .containsExactly("acme/default/web");
    assertThat(before.onNode("n1")).hasSize(2);
    assertThat(names(before.ownedBy("u2"))).containsExactly("globex/default/web");

    CacheSnapshot after = at(update(web, "other", "n2"));
    assertThat(after.labelled("acme", "default", "app", "shop")).isEmpty();
    assertThat(after.labelled("acme", "default", "app", "other")).hasSize(1);
    assertThat(names(after.onNode("n1"))).containsExactly("globex/default/web");
    assertThat(after.ownedBy("u1")).isEmpty();
    assertThat(before.onNode("n1")).hasSize(2);
  }

  @Test
  void cursorSeesOnlyWhatItAskedFor() throws InterruptedException {
    long start = caches.of(PODS).snapshot().revision();
    EventCursor onNode = caches.of(PODS).eventsAfter(start, EventFilter.ALL.withNodeName("n1"));
    create(web, "", "", "");
    create(pod("globex", "x", "y"), "", "", "n2");
    update(web, "", "n1");
    update(web, "", "n2");
    at(delete(web));
    assertThat(onNode.next(SOON)).extracting(CacheEvent::toString).hasSize(2);
    EventCursor acme = caches.of(PODS).eventsAfter(start, EventFilter.of("acme", "default"));
    List<CacheEvent> events = acme.next(SOON);
    assertThat(events)
        .extracting(CacheEvent::type)
        .containsExactly(
            CacheEvent.Type.ADDED,
            CacheEvent.Type.MODIFIED,
            CacheEvent.Type.MODIFIED,
            CacheEvent.Type.DELETED);
    CacheEvent deletion = events.getLast();
    assertThat(deletion.revision()).isEqualTo(store.currentRevision());
    assertThat(deletion.object().tree().at("/metadata/resourceVersion").asString())
        .isEqualTo("" + store.currentRevision());
    assertThat(deletion.previous().orElseThrow().revision()).isLessThan(deletion.revision());
    assertThat(acme.revision()).isEqualTo(store.currentRevision());
  }

  @Test
  void slowCursorFallsOffAloneAndQuietOneDoesNot() throws InterruptedException {
    long start = caches.of(PODS).snapshot().revision();
    EventCursor slow = caches.of(PODS).eventsAfter(start, EventFilter.ALL);
    EventCursor quiet = caches.of(PODS).eventsAfter(start, EventFilter.of("globex", ""));
    create(web, "", "", "");
    for (int i = 0; i < 100; i++) {
      update(web, "v" + i, "");
    }
    long last = create(pod("globex", "a", "b"), "", "", "");
    at(last);
    assertThatThrownBy(() -> slow.next(SOON)).isInstanceOf(CompactedException.class);
    assertThat(quiet.next(SOON)).extracting(CacheEvent::revision).containsExactly(last);
    assertThat(caches.of(PODS).snapshotAt(start)).isEmpty();
    CacheSnapshot old = caches.of(PODS).snapshotAt(last - 5).orElseThrow();
    assertThat(old.labelled("acme", "", "app", "v95")).hasSize(1);
  }

  @Test
  void advancesWithoutChangesOfItsOwn() {
    caches.of(PODS).snapshot();
    ObjectKey other = new ObjectKey(new GroupResource("", "configmaps"), "acme", "default", "c");
    long revision = committed(new Change.Create(other, pod(other, "", "", "")));
    assertThat(at(revision).revision()).isGreaterThanOrEqualTo(revision);
    assertThat(caches.of(PODS).currentSnapshot(SOON).revision()).isEqualTo(revision);
  }

  @Test
  void theFirstReadWaitsForTheListing() {
    create(web, "", "", "");
    try (StoreCaches fresh = new StoreCaches(store)) {
      LockSupport.unpark(Thread.currentThread()); // as an earlier wait may leave it behind
      assertThat(fresh.of(PODS).snapshot().get(web)).isPresent();
    }
  }

  @Test
  void outageIsToldAndHealed() {
    store.available(false);
    assertThatThrownBy(() -> caches.of(PODS).snapshot())
        .isInstanceOf(StoreUnavailableException.class);
    store.available(true);
    at(create(web, "", "", ""));
    store.available(false);
    assertThat(caches.of(PODS).snapshot().get(web)).isPresent();
    assertThatThrownBy(() -> caches.of(PODS).currentSnapshot(SOON))
        .isInstanceOf(StoreUnavailableException.class);
    store.available(true);
    at(update(web, "v2", ""));
  }

  @Test
  void lostHistoryIsListedAgainAndWatchersFallOff() {
    EventCursor cursor =
        caches.of(PODS).eventsAfter(caches.of(PODS).snapshot().revision(), EventFilter.ALL);
    ObjectKey gone = pod("acme", "default", "gone");
    at(create(gone, "", "", ""));
    store.interruptWatches();
    delete(gone);
    create(web, "", "", "");
    long last = update(web, "v2", "");
    store.compact(last);
    store.resumeWatches();
    CacheSnapshot now = at(last);
    assertThat(names(now.list("", ""))).containsExactly("acme/default/web");
    assertThatThrownBy(() -> cursor.next(SOON)).isInstanceOf(CompactedException.class);
  }

  @Test
  void closedCacheEndsItsReaders() throws InterruptedException {
    EventCursor cursor =
        caches.of(PODS).eventsAfter(caches.of(PODS).snapshot().revision(), EventFilter.ALL);
    cursor.close();
    assertThat(cursor.next(SOON)).isEmpty();
    assertThat(caches.of(PODS).watchers()).isZero();
    caches.close();
    assertThatThrownBy(() -> caches.of(PODS).snapshot())
        .isInstanceOf(StoreUnavailableException.class);
  }
}

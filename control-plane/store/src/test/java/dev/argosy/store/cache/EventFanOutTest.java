package dev.argosy.store.cache;

import static dev.argosy.store.cache.Things.PODS;
import static dev.argosy.store.cache.Things.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.CompactedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many readers at once, one of them asleep. */
class EventFanOutTest {

  private static final int EVENTS = 2_000;

  @Test
  void everyReaderSeesEverythingWhileOneSleeps() throws Exception {
    try (MemoryStore store = new MemoryStore();
        StoreCaches caches = new StoreCaches(store);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      WatchCache cache = caches.of(PODS);
      long start = cache.snapshot().revision();
      EventCursor asleep = cache.eventsAfter(start, EventFilter.ALL);
      List<Future<List<Long>>> results = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        EventFilter filter = i % 2 == 0 ? EventFilter.ALL : EventFilter.of("acme", "default");
        EventCursor cursor = cache.eventsAfter(start, filter);
        results.add(readers.submit(() -> read(cursor)));
      }
      List<Long> written = write(store);
      for (Future<List<Long>> result : results) {
        assertThat(result.get()).isEqualTo(written);
      }
      assertThat(asleep.next(Duration.ZERO)).hasSizeBetween(1, 600);
      assertThat(cache.watchers()).isEqualTo(1);
    }
  }

  private static List<Long> write(MemoryStore store) {
    ObjectKey key = pod("acme", "default", "web");
    List<Long> revisions = new ArrayList<>();
    long revision = 0;
    for (int i = 0; i < EVENTS; i++) {
      Change change =
          revision == 0
              ? new Change.Create(key, pod(key, "v" + i, "", ""))
              : new Change.Update(key, revision, pod(key, "v" + i, "", ""));
      revision = ((CommitResult.Committed) store.commit(List.of(change))).revision();
      revisions.add(revision);
    }
    return revisions;
  }

  private static List<Long> read(EventCursor cursor) throws InterruptedException {
    List<Long> revisions = new ArrayList<>();
    try (cursor) {
      while (revisions.size() < EVENTS) {
        List<CacheEvent> events = cursor.next(Duration.ofSeconds(20));
        if (events.isEmpty()) {
          break;
        }
        events.forEach(e -> revisions.add(e.revision()));
      }
    } catch (CompactedException e) {
      revisions.add(-1L);
    }
    return revisions;
  }
}

package dev.argosy.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change.Create;
import dev.argosy.store.spi.Change.Delete;
import dev.argosy.store.spi.Change.Update;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What every watch of a {@link ResourceStore} must do. */
abstract class StoreWatchContract extends StoreScene {

  @Test
  void watchTellsEverythingInOrder(TestInfo test) {
    ObjectKey a = key(test, "a");
    ObjectKey b = new ObjectKey(otherResource(), cluster(test), "default", "b");
    long before = create(key(test, "before"));
    RecordingListener listener = new RecordingListener();
    try (StoreWatch watch = store().watch(before, listener)) {
      long first = create(a);
      long second = committed(new Update(a, first, value(a, "v2")), new Create(b, value(b, "x")));
      long third = committed(new Delete(a, second));
      List<StoreEvent> events = listener.awaitRevision(third);
      assertThat(events)
          .extracting(StoreEvent::revision)
          .containsExactly(first, second, second, third);
      assertThat(events.get(3)).isEqualTo(new StoreEvent.Deleted(a, third));
      assertThat(events.subList(1, 3)).extracting(StoreEvent::key).containsExactlyInAnyOrder(a, b);
      assertThat(((StoreEvent.Put) events.getFirst()).stored().value()).isEqualTo(value(a, "new"));
      watch.requestProgress();
    }
    RecordingListener again = new RecordingListener();
    try (StoreWatch watch = store().watch(before, again)) {
      assertThat(again.awaitEvents(4)).hasSize(4);
      watch.requestProgress();
    }
  }

  @Test
  void watchNeverSplitsARevision(TestInfo test) {
    long start = store().currentRevision();
    List<Change> many = new ArrayList<>();
    for (int i = 0; i < ResourceStore.MAX_CHANGES; i++) {
      ObjectKey key = key(test, "n" + i);
      many.add(new Create(key, value(key, "x".repeat(20_000))));
    }
    RecordingListener live = new RecordingListener();
    try (StoreWatch watch = store().watch(start, live)) {
      long revision = committed(many.toArray(Change[]::new));
      live.awaitRevision(revision);
      watch.requestProgress();
    }
    RecordingListener late = new RecordingListener();
    try (StoreWatch watch = store().watch(start, late)) {
      late.awaitEvents(ResourceStore.MAX_CHANGES);
      watch.requestProgress();
    }
    for (RecordingListener each : List.of(live, late)) {
      assertThat(each.batches().getFirst()).hasSize(ResourceStore.MAX_CHANGES);
    }
  }

  @Test
  void watchFromNowTellsOnlyWhatComes(TestInfo test) {
    create(key(test, "before"));
    RecordingListener listener = new RecordingListener();
    try (StoreWatch watch = store().watch(0, listener)) {
      long revision = create(key(test, "after"));
      assertThat(listener.awaitRevision(revision))
          .extracting(e -> e.key().name())
          .containsExactly("after");
      watch.requestProgress();
    }
  }

  @Test
  void progressIsToldOnRequest(TestInfo test) {
    RecordingListener listener = new RecordingListener();
    try (StoreWatch watch = store().watch(0, listener)) {
      for (int i = 0; i < 20; i++) {
        long now = store().currentRevision();
        watch.requestProgress();
        listener.awaitRevision(now);
      }
      assertThat(listener.events()).isEmpty();
    }
    assertThat(cluster(test)).isNotEmpty();
  }

  @Test
  void closedWatchIsSilent(TestInfo test) {
    RecordingListener closed = new RecordingListener();
    store().watch(0, closed).close();
    RecordingListener open = new RecordingListener();
    try (StoreWatch watch = store().watch(0, open)) {
      open.awaitRevision(create(key(test, "a")));
      watch.requestProgress();
    }
    assertThat(closed.events()).isEmpty();
  }
}

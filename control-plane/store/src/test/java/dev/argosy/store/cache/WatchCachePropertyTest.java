package dev.argosy.store.cache;

import static dev.argosy.store.cache.Things.PODS;
import static dev.argosy.store.cache.Things.pod;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.StoredValue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The cache against the store that it images, whatever is committed. */
class WatchCachePropertyTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  /** Toggles or changes one key: deletes it if {@code node} is "-" and it exists. */
  record Step(ObjectKey key, String node) {}

  /** What a watcher must see of one change. */
  record Seen(CacheEvent.Type type, ObjectKey key, long revision) {}

  @Provide
  Arbitrary<List<Step>> transactions() {
    Arbitrary<String> name = Arbitraries.of("a", "b");
    return Combinators.combine(name, name, name, Arbitraries.of("-", "", "n1", "n2"))
        .as((c, ns, n, node) -> new Step(pod(c, ns, n), node))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .uniqueElements(Step::key);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void cacheIsTheStoreAndCursorsSeeExactlyTheEvents(
      @ForAll @Size(max = 40) List<@From("transactions") List<Step>> before,
      @ForAll @Size(max = 40) List<@From("transactions") List<Step>> after)
      throws InterruptedException {
    try (MemoryStore store = new MemoryStore();
        StoreCaches caches =
            new StoreCaches(
                store, new CacheLimits(Duration.ofMinutes(5), 1_024, SOON), Clock.systemUTC())) {
      before.forEach(steps -> commit(store, steps, new ArrayList<>(), new LinkedHashMap<>()));
      WatchCache cache = caches.of(PODS);
      long start = cache.snapshot().revision();
      Map<EventFilter, EventCursor> cursors = open(cache, start);
      List<Seen> all = new ArrayList<>();
      Map<Long, Map<ObjectKey, List<String>>> nodes = new LinkedHashMap<>();
      long last = start;
      for (List<Step> steps : after) {
        Map<ObjectKey, List<String>> touched = new LinkedHashMap<>();
        last = Math.max(last, commit(store, steps, all, touched));
        nodes.put(last, touched);
      }
      assertThat(cache.awaitRevision(last, SOON)).isTrue();
      for (long revision = start; revision <= last; revision++) {
        assertThat(state(cache.snapshotAt(revision).orElseThrow()))
            .isEqualTo(state(store, revision));
      }
      Map<EventFilter, EventCursor> late = open(cache, start);
      for (Map.Entry<EventFilter, EventCursor> each : cursors.entrySet()) {
        EventFilter filter = each.getKey();
        List<Seen> expected = all.stream().filter(s -> wants(filter, s, nodes)).toList();
        assertThat(drain(each.getValue(), last)).as("%s", filter).isEqualTo(expected);
        assertThat(drain(requireNonNull(late.get(filter)), last))
            .as("late %s", filter)
            .isEqualTo(expected);
      }
    }
  }

  private static Map<EventFilter, EventCursor> open(WatchCache cache, long revision) {
    Map<EventFilter, EventCursor> cursors = new LinkedHashMap<>();
    for (EventFilter filter :
        List.of(
            EventFilter.ALL,
            EventFilter.of("a", ""),
            EventFilter.of("a", "b"),
            EventFilter.of("", "b"),
            EventFilter.of("b", "a").withName("b"),
            EventFilter.of("b", "").withName("a"),
            EventFilter.ALL.withNodeName("n1"),
            EventFilter.of("a", "").withNodeName("n2"))) {
      cursors.put(filter, cache.eventsAfter(revision, filter));
    }
    return cursors;
  }

  private static List<Seen> drain(EventCursor cursor, long last) throws InterruptedException {
    List<Seen> seen = new ArrayList<>();
    do {
      for (CacheEvent event : cursor.next(Duration.ZERO)) {
        seen.add(new Seen(event.type(), event.object().key(), event.revision()));
      }
    } while (cursor.revision() < last);
    return seen;
  }

  private static boolean wants(
      EventFilter filter, Seen seen, Map<Long, Map<ObjectKey, List<String>>> nodes) {
    ObjectKey key = seen.key;
    return (filter.cluster().isEmpty() || filter.cluster().equals(key.cluster()))
        && (filter.namespace().isEmpty() || filter.namespace().equals(key.namespace()))
        && (filter.name().isEmpty() || filter.name().equals(key.name()))
        && (filter.nodeName().isEmpty()
            || nodes
                .getOrDefault(seen.revision, Map.of())
                .getOrDefault(key, List.of())
                .contains(filter.nodeName()));
  }

  /** Commits; adds what must be seen, and the nodes that each key was on before and after. */
  private static long commit(
      MemoryStore store,
      List<Step> steps,
      List<Seen> expected,
      Map<ObjectKey, List<String>> nodes) {
    List<Change> changes = new ArrayList<>();
    List<CacheEvent.Type> types = new ArrayList<>();
    for (Step step : steps) {
      StoredValue old = store.get(step.key).orElse(null);
      byte[] value = pod(step.key, "", "", step.node.equals("-") ? "" : step.node);
      nodes.put(
          step.key,
          List.of(
              old == null ? "" : Leaf.of(old).nodeName(), step.node.equals("-") ? "" : step.node));
      if (old == null) {
        types.add(CacheEvent.Type.ADDED);
        changes.add(new Change.Create(step.key, value));
      } else if (step.node.equals("-")) {
        types.add(CacheEvent.Type.DELETED);
        changes.add(new Change.Delete(step.key, old.revision()));
      } else {
        types.add(CacheEvent.Type.MODIFIED);
        changes.add(new Change.Update(step.key, old.revision(), value));
      }
    }
    long revision = ((CommitResult.Committed) store.commit(changes)).revision();
    for (int i = 0; i < changes.size(); i++) {
      expected.add(new Seen(types.get(i), changes.get(i).key(), revision));
    }
    return revision;
  }

  private static Map<ObjectKey, Long> state(CacheSnapshot snapshot) {
    Map<ObjectKey, Long> state = new LinkedHashMap<>();
    snapshot.list("", "").forEach(o -> state.put(o.key(), o.revision()));
    return state;
  }

  private static Map<ObjectKey, Long> state(MemoryStore store, long revision) {
    Map<ObjectKey, Long> state = new LinkedHashMap<>();
    store.list(PODS, "", revision, null, 0).values().forEach(v -> state.put(v.key(), v.revision()));
    return state;
  }
}

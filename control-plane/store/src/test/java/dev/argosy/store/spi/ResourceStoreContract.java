package dev.argosy.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change.Check;
import dev.argosy.store.spi.Change.Create;
import dev.argosy.store.spi.Change.Delete;
import dev.argosy.store.spi.Change.Update;
import dev.argosy.store.spi.CommitResult.Committed;
import dev.argosy.store.spi.CommitResult.Conflict;
import dev.argosy.store.spi.CommitResult.TooLarge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What every {@link ResourceStore} must do; what its watches must do is inherited. A subclass gives
 * the store; one store may serve all tests, since each test works in clusters of its own name.
 */
public abstract class ResourceStoreContract extends StoreWatchContract {

  private Conflict conflict(Change... changes) {
    CommitResult result = store().commit(List.of(changes));
    assertThat(result).isInstanceOf(Conflict.class);
    return (Conflict) result;
  }

  private static StoredValue found(Conflict conflict, ObjectKey key) {
    return conflict.current().getOrDefault(key, Optional.empty()).orElseThrow();
  }

  private List<String> names(String cluster, long revision, @Nullable ObjectKey after, int limit) {
    return store().list(resource(), cluster, revision, after, limit).values().stream()
        .map(v -> v.key().cluster() + "/" + v.key().namespace() + "/" + v.key().name())
        .toList();
  }

  @Test
  void createdValueIsReadBack(TestInfo test) {
    ObjectKey key = key(test, "a");
    assertThat(store().get(key)).isEmpty();
    long revision = create(key);
    StoredValue found = store().get(key).orElseThrow();
    assertThat(found.revision()).isEqualTo(revision);
    assertThat(found.key()).isEqualTo(key);
    assertThat(found.value()).isEqualTo(value(key, "new"));
    assertThat(store().currentRevision()).isGreaterThanOrEqualTo(revision);
  }

  @Test
  void clusterScopedKeysLiveBesideNamespaces(TestInfo test) {
    ObjectKey scoped = key(cluster(test), "", "a");
    create(scoped);
    create(key(test, "a"));
    assertThat(store().get(scoped).orElseThrow().key()).isEqualTo(scoped);
    assertThat(names(cluster(test), 0, null, 0))
        .containsExactly(cluster(test) + "//a", cluster(test) + "/default/a");
  }

  @Test
  void conditionsAreKept(TestInfo test) {
    ObjectKey key = key(test, "a");
    long first = create(key);
    Conflict exists = conflict(new Create(key, value(key, "again")));
    assertThat(found(exists, key).revision()).isEqualTo(first);
    long second = committed(new Update(key, first, value(key, "v2")));
    assertThat(second).isGreaterThan(first);
    Conflict stale = conflict(new Update(key, first, value(key, "v3")));
    assertThat(found(stale, key).revision()).isEqualTo(second);
    conflict(new Delete(key, first));
    committed(new Delete(key, second));
    assertThat(store().get(key)).isEmpty();
    assertThat(conflict(new Delete(key, second)).current()).containsEntry(key, Optional.empty());
    conflict(new Update(key, second, value(key, "v4")));
    conflict(new Update(key, 0, value(key, "v4")));
    conflict(new Delete(key, 0));
    create(key);
  }

  @Test
  void transactionIsAllOrNothing(TestInfo test) {
    ObjectKey a = key(test, "a");
    ObjectKey b = key(test, "b");
    long first = create(a);
    Conflict conflict =
        conflict(
            new Create(b, value(b, "x")), new Check(a, first + 1), new Check(key(test, "c"), 0));
    assertThat(conflict.current()).hasSize(3).containsEntry(b, Optional.empty());
    assertThat(store().get(b)).isEmpty();
    long second =
        committed(
            new Update(a, first, value(a, "y")),
            new Create(b, value(b, "x")),
            new Check(key(test, "c"), 0));
    assertThat(store().get(a).orElseThrow().revision()).isEqualTo(second);
    assertThat(store().get(b).orElseThrow().revision()).isEqualTo(second);
    assertThat(committed(new Check(a, second))).isGreaterThanOrEqualTo(second);
  }

  @Test
  void limitsOfTransactionsAreKept(TestInfo test) {
    assertThatThrownBy(() -> store().commit(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    ObjectKey key = key(test, "a");
    assertThatThrownBy(
            () -> store().commit(List.of(new Check(key, 0), new Create(key, value(key, "x")))))
        .isInstanceOf(IllegalArgumentException.class);
    List<Change> most = new ArrayList<>();
    for (int i = 0; i < ResourceStore.MAX_CHANGES; i++) {
      ObjectKey each = key(test, "n" + i);
      most.add(new Create(each, value(each, "x")));
    }
    committed(most.toArray(Change[]::new));
    most.add(new Create(key, value(key, "x")));
    assertThatThrownBy(() -> store().commit(most)).isInstanceOf(IllegalArgumentException.class);
    byte[] large = value(key, "x".repeat(ResourceStore.MAX_BYTES));
    assertThat(store().commit(List.of(new Create(key, large)))).isInstanceOf(TooLarge.class);
    byte[] largest = value(key, "x".repeat(ResourceStore.MAX_BYTES - 1_000));
    committed(new Create(key, largest));
    assertThat(store().get(key).orElseThrow().value()).isEqualTo(largest);
  }

  @Test
  void oneOfManyWritersWins(TestInfo test) throws InterruptedException {
    ObjectKey key = key(test, "a");
    long revision = create(key);
    AtomicInteger won = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(16);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        byte[] mine = value(key, "writer" + i);
        writers.execute(() -> {
          if (store().commit(List.of(new Update(key, revision, mine))) instanceof Committed) {
            won.incrementAndGet();
          }
          done.countDown();
        });
      }
      done.await();
    }
    assertThat(won).hasValue(1);
  }

  @Test
  void listsInOrderOfKeys(TestInfo test) {
    String cluster = cluster(test);
    List<String> clusters = List.of(cluster, cluster + "-1", cluster + ".1", cluster + "0");
    for (String each : clusters.reversed()) {
      for (String namespace : List.of("x-1", "x", "x0", "x.a")) {
        create(key(each, namespace, "b"));
        create(key(each, namespace, "a"));
      }
    }
    List<StoredValue> all = store().list(resource(), "", 0, null, 0).values();
    assertThat(all).extracting(StoredValue::key).isSorted();
    assertThat(names(cluster, 0, null, 0))
        .containsExactly(
            cluster + "/x/a",
            cluster + "/x/b",
            cluster + "/x-1/a",
            cluster + "/x-1/b",
            cluster + "/x.a/a",
            cluster + "/x.a/b",
            cluster + "/x0/a",
            cluster + "/x0/b");
    assertThat(names(cluster + "-1", 0, null, 0)).hasSize(8);
    assertThat(store().list(otherResource(), cluster, 0, null, 0).values()).isEmpty();
  }

  @Test
  void listsPageByPageAtOneRevision(TestInfo test) {
    String cluster = cluster(test);
    for (int i = 0; i < 10; i++) {
      create(key(test, "n" + i));
    }
    StorePage first = store().list(resource(), cluster, 0, null, 4);
    assertThat(first.values()).hasSize(4);
    assertThat(first.more()).isTrue();
    create(key(test, "n95"));
    ObjectKey last = first.values().getLast().key();
    StorePage rest = store().list(resource(), cluster, first.revision(), last, 6);
    assertThat(rest.values())
        .extracting(v -> v.key().name())
        .containsExactly("n4", "n5", "n6", "n7", "n8", "n9");
    assertThat(rest.more()).isFalse();
    assertThat(rest.revision()).isEqualTo(first.revision());
    assertThat(names(cluster, 0, key(test, "n94"), 0)).containsExactly(cluster + "/default/n95");
    assertThat(names(cluster, 0, key("a", "a", "a"), 2)).hasSize(2);
    assertThat(names(cluster, 0, key("zz", "a", "a"), 2)).isEmpty();
  }

  @Test
  void readsThePast(TestInfo test) {
    ObjectKey key = key(test, "a");
    long first = create(key);
    long second = committed(new Update(key, first, value(key, "v2")));
    committed(new Delete(key, second));
    assertThat(names(cluster(test), 0, null, 0)).isEmpty();
    StorePage then = store().list(resource(), cluster(test), second, null, 0);
    assertThat(then.values()).extracting(StoredValue::revision).containsExactly(second);
    assertThat(then.revision()).isEqualTo(second);
    assertThat(names(cluster(test), first - 1, null, 0)).isEmpty();
    long future = store().currentRevision() + 1_000;
    assertThatThrownBy(() -> names(cluster(test), future, null, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void compactedPastIsGone(TestInfo test) {
    ObjectKey key = key(test, "a");
    long first = create(key);
    long second = committed(new Update(key, first, value(key, "v2")));
    long third = committed(new Update(key, second, value(key, "v3")));
    compact(third);
    assertThatThrownBy(() -> names(cluster(test), second, null, 0))
        .isInstanceOf(CompactedException.class);
    assertThat(names(cluster(test), third, null, 0)).hasSize(1);
    RecordingListener late = new RecordingListener();
    try (StoreWatch watch = store().watch(first, late)) {
      assertThat(late.awaitFailure()).isInstanceOf(CompactedException.class);
      assertThat(late.events()).isEmpty();
      watch.requestProgress();
    }
  }
}

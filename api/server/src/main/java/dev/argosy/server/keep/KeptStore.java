package dev.argosy.server.keep;

import dev.argosy.model.client.Fence;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One store, measured; events get their lifetime, and what is written behind a fence is checked
 * with it. Closing it is the owner's.
 *
 * @param stores says whether the fence is kept here
 */
record KeptStore(ResourceStore store, StoreRouter stores, StoreTimes times, Duration eventLifetime)
    implements ResourceStore {

  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final GroupResource NEWER_EVENTS = new GroupResource("events.k8s.io", "events");

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    return times.time("get", key.resource(), () -> store.get(key));
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    return times.time(
        "list", resource, () -> store.list(resource, cluster, revision, after, limit));
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    if (changes.isEmpty()) {
      return store.commit(changes);
    }
    Change first = changes.getFirst();
    boolean lasting = eventLifetime.isZero() || changes.stream().noneMatch(KeptStore::event);
    List<Change> all = lasting ? changes : changes.stream().map(this::limited).toList();
    Supplier<CommitResult> commit =
        fence()
            .<Supplier<CommitResult>>map(f ->
                () ->
                    FencedWrites.judged(store.commit(FencedWrites.checked(all, f)), first.key(), f))
            .orElse(() -> store.commit(all));
    return times.time(operation(changes), first.key().resource(), commit);
  }

  @SuppressWarnings("ReferenceEquality")
  private Optional<Fence> fence() {
    return FencedWrites.current().filter(f -> stores.of(f.key().resource()) == store);
  }

  private static boolean event(Change change) {
    GroupResource resource = change.key().resource();
    return resource.equals(EVENTS) || resource.equals(NEWER_EVENTS);
  }

  private Change limited(Change change) {
    if (!event(change)) {
      return change;
    }
    return switch (change) {
      case Change.Create(ObjectKey key, byte[] value, Duration any) ->
          new Change.Create(key, value, eventLifetime);
      case Change.Update(ObjectKey key, long expected, byte[] value, Duration any) ->
          new Change.Update(key, expected, value, eventLifetime);
      case Change.Delete delete -> delete;
      case Change.Check check -> check;
    };
  }

  private static String operation(List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Create create -> {
          return "create";
        }
        case Change.Update update -> {
          return "update";
        }
        case Change.Delete delete -> {
          return "delete";
        }
        case Change.Check check -> {}
      }
    }
    return "get";
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    return store.watch(afterRevision, listener);
  }

  @Override
  public long currentRevision() {
    return store.currentRevision();
  }

  @Override
  public void close() {
    store.close();
  }
}

package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.util.List;
import java.util.Optional;

/** The objects as writes see them: the cached state first, the store's own when it matters. */
final class Objects {

  /**
   * A state to write on.
   *
   * @param live whether it was read from the store just now; a cached one may be out of date
   */
  record Base(ApiObject object, boolean live) {}

  private final StoreRouter stores;
  private final ResourceCaches caches;

  Objects(StoreRouter stores, ResourceCaches caches) {
    this.stores = stores;
    this.caches = caches;
  }

  /** The cached state, or the store's if the cache has none. */
  Optional<Base> base(ObjectKey key) {
    Optional<ApiObject> cached = caches.of(key.resource()).snapshot().get(key);
    return cached.map(object -> new Base(object, false)).or(() -> live(key));
  }

  /** The state in the store now. */
  Optional<Base> live(ObjectKey key) {
    return stores
        .of(key.resource())
        .get(key)
        .map(v -> new Base(ApiObject.ofStored(key, v.revision(), v.value()), true));
  }

  boolean exists(ObjectKey key) {
    return stores.of(key.resource()).get(key).isPresent();
  }

  /** The revision of a key that has no cache; 0 if it is absent. */
  long revision(ObjectKey key) {
    return stores.of(key.resource()).get(key).map(v -> v.revision()).orElse(0L);
  }

  /**
   * Applies changes; the new revision, or nothing if a condition did not hold.
   *
   * @throws dev.argosy.model.status.StatusException RequestEntityTooLarge
   */
  Optional<Long> commit(GroupResource resource, List<Change> changes) {
    return switch (stores.of(resource).commit(changes)) {
      case CommitResult.Committed(long revision) -> Optional.of(revision);
      case CommitResult.Conflict conflict -> Optional.empty();
      case CommitResult.TooLarge(long bytes) ->
          throw Status.of(
                  Reason.REQUEST_ENTITY_TOO_LARGE,
                  "etcdserver: request is too large: " + bytes + " bytes")
              .asException();
    };
  }
}

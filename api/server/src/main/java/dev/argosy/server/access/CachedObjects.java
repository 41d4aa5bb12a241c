package dev.argosy.server.access;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Objects from the watch caches, and from the store what the caches do not have yet. */
public final class CachedObjects implements ObjectLookup {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ResourceCaches caches;
  private final StoreRouter stores;

  public CachedObjects(ResourceCaches caches, StoreRouter stores) {
    this.caches = caches;
    this.stores = stores;
  }

  @Override
  public Optional<ApiObject> find(ObjectKey key) {
    Optional<ApiObject> cached = caches.of(key.resource()).snapshot().get(key);
    return cached.isPresent()
        ? cached
        : stores
            .of(key.resource())
            .get(key)
            .map(stored -> ApiObject.ofStored(key, stored.revision(), stored.value()));
  }

  /**
   * From memory; if that does not have what is wanted, once more when it is as the store is now.
   */
  @Override
  public Optional<ApiObject> find(ObjectKey key, Predicate<ApiObject> wanted) {
    WatchCache cache = caches.of(key.resource());
    Optional<ApiObject> known = cache.snapshot().get(key).filter(wanted);
    return known.isPresent() ? known : cache.currentSnapshot(PATIENCE).get(key).filter(wanted);
  }
}

package dev.argosy.server.access;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.store.cache.ResourceCaches;
import java.util.Optional;

/** Objects from the watch caches, and from the store what the caches do not have yet. */
public final class CachedObjects implements ObjectLookup {

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
}

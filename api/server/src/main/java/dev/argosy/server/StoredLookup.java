package dev.argosy.server;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.store.cache.ResourceCaches;
import java.util.Optional;

/** Looks into the cache, then into the store. */
record StoredLookup(StoreRouter stores, ResourceCaches caches) implements ObjectLookup {

  @Override
  public Optional<ApiObject> find(ObjectKey key) {
    return caches
        .of(key.resource())
        .snapshot()
        .get(key)
        .or(() ->
            stores
                .of(key.resource())
                .get(key)
                .map(v -> ApiObject.ofStored(key, v.revision(), v.value())));
  }
}

package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.StoredValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ledgers and quotas as one write sees them: as the caches have them at first, as the store has
 * them where that turned out to be old. Used by one thread.
 */
final class Sight {

  private final Objects objects;
  private final ResourceCaches caches;
  private final Map<ObjectKey, Optional<ApiObject>> seen = new HashMap<>();
  private boolean live;

  Sight(Objects objects, ResourceCaches caches) {
    this.objects = objects;
    this.caches = caches;
  }

  /**
   * The object of a key.
   *
   * @param atLeast the revision up to which changes of it must be seen
   */
  Optional<ApiObject> get(ObjectKey key, long atLeast) {
    Optional<ApiObject> known = seen.get(key);
    if (known != null) {
      return known;
    }
    if (!live) {
      CacheSnapshot snapshot = caches.of(key.resource()).snapshot();
      if (snapshot.revision() >= atLeast) {
        return snapshot.get(key);
      }
    }
    Optional<ApiObject> read = objects.live(key).map(Objects.Base::object);
    seen.put(key, read);
    return read;
  }

  /** Whether the store was asked for it in the course of this write. */
  boolean sure(ObjectKey key) {
    return seen.containsKey(key);
  }

  /** Takes what a conflict reports; it is newer than all that was seen before. */
  void learn(Map<ObjectKey, Optional<StoredValue>> current) {
    seen.clear();
    current.forEach((key, value) ->
        seen.put(key, value.map(v -> ApiObject.ofStored(key, v.revision(), v.value()))));
  }

  /** Forgets all, and asks the store from now on. */
  void lookAnew() {
    seen.clear();
    live = true;
  }
}

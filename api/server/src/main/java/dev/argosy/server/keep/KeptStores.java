package dev.argosy.server.keep;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.store.spi.ResourceStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each store once, so that two resources of one store still are. */
public final class KeptStores implements StoreRouter {

  private final Map<ResourceStore, ResourceStore> kept = new ConcurrentHashMap<>();
  private final StoreRouter stores;
  private final StoreTimes times;
  private final Duration eventLifetime;

  /**
   * The stores behind a router.
   *
   * @param eventLifetime how long events are kept after they were written last; zero for ever
   */
  public KeptStores(StoreRouter stores, Metrics metrics, Duration eventLifetime) {
    this.stores = stores;
    this.times = new StoreTimes(metrics);
    this.eventLifetime = eventLifetime;
  }

  @Override
  public ResourceStore of(GroupResource resource) {
    ResourceStore store = stores.of(resource);
    ResourceStore found = kept.get(store);
    return found != null
        ? found
        : kept.computeIfAbsent(store, s -> new KeptStore(s, stores, times, eventLifetime));
  }
}

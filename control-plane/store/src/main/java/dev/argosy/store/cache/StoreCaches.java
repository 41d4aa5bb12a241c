package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.spi.ResourceStore;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The caches of one store. Nothing runs before the first use; then one watch of the store feeds
 * all. The store is not closed with the caches.
 */
public final class StoreCaches implements ResourceCaches {

  private final CacheLimits limits;
  private final Clock clock;
  private final StoreFeed feed;
  private final Map<GroupResource, WatchCache> caches = new ConcurrentHashMap<>();

  public StoreCaches(ResourceStore store, CacheLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.feed = new StoreFeed(store, new RevisionAges(limits.history(), clock));
  }

  public StoreCaches(ResourceStore store) {
    this(store, CacheLimits.DEFAULT, Clock.systemUTC());
  }

  @Override
  public WatchCache of(GroupResource resource) {
    WatchCache known = caches.get(resource);
    return known != null ? known : caches.computeIfAbsent(resource, this::start);
  }

  private WatchCache start(GroupResource resource) {
    Contents contents = new Contents(limits, clock);
    feed.add(resource, contents);
    return new WatchCache(resource, contents, feed, limits.startTimeout());
  }

  @Override
  public Collection<WatchCache> open() {
    return List.copyOf(caches.values());
  }

  @Override
  public void close() {
    feed.close();
  }
}

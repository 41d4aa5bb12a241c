package dev.argosy.server.debug;

import dev.argosy.model.object.ApiObject;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import java.util.Comparator;

/** Watch caches as lines of text. Counting bytes visits every object. */
final class CacheTable {

  private CacheTable() {}

  static String of(ResourceCaches caches) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-60s %9s %12s %9s %9s %9s %12s%n",
            "RESOURCE", "OBJECTS", "BYTES", "CLUSTERS", "WATCHERS", "EVENTS", "REVISION"));
    caches.open().stream()
        .sorted(Comparator.comparing(cache -> cache.resource().toString()))
        .forEach(cache -> text.append(line(cache)));
    return text.toString();
  }

  private static String line(WatchCache cache) {
    if (!cache.loaded()) {
      return String.format("%-60s not loaded%n", cache.resource());
    }
    CacheSnapshot now = cache.snapshot();
    long bytes = 0;
    for (ApiObject object : now.list("", "")) {
      bytes += object.size();
    }
    return String.format(
        "%-60s %9d %12d %9d %9d %9d %12d%n",
        cache.resource(),
        now.count("", ""),
        bytes,
        now.clusters().size(),
        cache.watchers(),
        cache.eventsKept(),
        now.revision());
  }
}

package dev.argosy.server;

import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.store.cache.ResourceCaches;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the watch caches that a server starts with have loaded. Good for ever once it is: a
 * resource that somebody asks for first later on makes nobody else wait.
 */
final class CachesCheck implements HealthCheck {

  private final ResourceCaches caches;
  private final AtomicBoolean once = new AtomicBoolean();

  CachesCheck(ResourceCaches caches) {
    this.caches = caches;
  }

  @Override
  public String name() {
    return "informer-sync";
  }

  @Override
  public Optional<String> problem() {
    if (once.get()) {
      return Optional.empty();
    }
    List<String> waiting =
        caches.open().stream()
            .filter(cache -> !cache.loaded())
            .map(cache -> cache.resource().toString())
            .sorted()
            .toList();
    if (waiting.isEmpty()) {
      once.set(true);
      return Optional.empty();
    }
    return Optional.of("not loaded: " + String.join(", ", waiting));
  }
}

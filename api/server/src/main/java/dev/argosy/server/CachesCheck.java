package dev.argosy.server;

import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.store.cache.ResourceCaches;
import java.util.List;
import java.util.Optional;

/** Whether all watch caches that are in use have loaded. */
record CachesCheck(ResourceCaches caches) implements HealthCheck {

  @Override
  public String name() {
    return "informer-sync";
  }

  @Override
  public Optional<String> problem() {
    List<String> waiting =
        caches.open().stream()
            .filter(cache -> !cache.loaded())
            .map(cache -> cache.resource().toString())
            .sorted()
            .toList();
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of("not loaded: " + String.join(", ", waiting));
  }
}

package dev.argosy.server;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.discovery.HealthCheck;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.store.spi.StoreUnavailableException;
import java.util.Optional;

/** Whether the store of the Kubernetes objects answers. */
record StoreCheck(StoreRouter stores) implements HealthCheck {

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public Optional<String> problem() {
    try {
      stores.of(new GroupResource("", "namespaces")).currentRevision();
      return Optional.empty();
    } catch (StoreUnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}

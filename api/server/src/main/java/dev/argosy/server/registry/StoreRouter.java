package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.spi.ResourceStore;

/** Which store keeps a resource: etcd, except for the platform's own kinds. */
public interface StoreRouter {
  ResourceStore of(GroupResource resource);
}

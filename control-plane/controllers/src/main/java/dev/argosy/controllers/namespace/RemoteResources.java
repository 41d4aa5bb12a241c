package dev.argosy.controllers.namespace;

import dev.argosy.model.kind.GroupResource;
import java.util.List;

/** What API servers of a cluster's own serve, behind its {@code APIService} objects. */
public interface RemoteResources {

  /** There are none. */
  RemoteResources NONE = cluster -> new Served(List.of(), List.of());

  Served of(String cluster);

  /**
   * What is known of one cluster.
   *
   * @param namespaced resources whose objects live in namespaces and can be listed and deleted
   * @param unheard group versions whose server did not say what it serves when last asked
   */
  record Served(List<GroupResource> namespaced, List<String> unheard) {
    public Served {
      namespaced = List.copyOf(namespaced);
      unheard = List.copyOf(unheard);
    }
  }
}

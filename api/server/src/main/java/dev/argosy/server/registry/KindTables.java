package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import java.util.Optional;

/** Which kinds each logical cluster serves. Asked on every request; answers from memory. */
public interface KindTables {

  /** The kinds of a cluster; for a cluster that does not exist, those that every cluster has. */
  KindTable of(String cluster);

  /**
   * The resource of a URL. A resource that was added a moment ago is found too, at the price of a
   * question to the store before the answer is no.
   */
  default Optional<KindSchema> find(String cluster, String group, String version, String resource) {
    return of(cluster).find(group, version, resource);
  }

  /** A resource in its preferred version; otherwise as {@link #find}. */
  default Optional<KindSchema> preferred(String cluster, GroupResource resource) {
    return of(cluster).preferred(resource);
  }
}

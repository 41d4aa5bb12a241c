package dev.argosy.model.schema;

import dev.argosy.model.kind.GroupResource;
import java.util.List;
import java.util.Optional;

/** The served resources of one logical cluster. Immutable; a changed cluster gets a new table. */
public interface KindTable {

  /** All of them, ordered by group, version priority, resource. */
  List<KindSchema> all();

  /** The resource of a URL. */
  Optional<KindSchema> find(String group, String version, String resource);

  /** The resource of a body. */
  Optional<KindSchema> ofKind(String apiVersion, String kind);

  /** A resource in its preferred version. */
  Optional<KindSchema> preferred(GroupResource resource);
}

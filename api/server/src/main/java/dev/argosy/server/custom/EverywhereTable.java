package dev.argosy.server.custom;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import java.util.List;
import java.util.Optional;

/**
 * What can be listed and watched over all clusters: the built-in kinds, and every resource that any
 * cluster might define, shown as it is kept, since each cluster may have its own schema for it.
 */
record EverywhereTable(KindTable builtin) implements KindTable {

  @Override
  public List<KindSchema> all() {
    return builtin.all();
  }

  @Override
  public Optional<KindSchema> find(String group, String version, String resource) {
    return builtin.find(group, version, resource).or(() -> any(group, version, resource));
  }

  @Override
  public Optional<KindSchema> ofKind(String apiVersion, String kind) {
    return builtin.ofKind(apiVersion, kind);
  }

  @Override
  public Optional<KindSchema> preferred(GroupResource resource) {
    return builtin.preferred(resource).or(() -> any(resource.group(), "v1", resource.resource()));
  }

  private static Optional<KindSchema> any(String group, String version, String resource) {
    return group.indexOf('.') < 0
        ? Optional.empty()
        : Optional.of(new AnyKind(group, version, resource));
  }
}

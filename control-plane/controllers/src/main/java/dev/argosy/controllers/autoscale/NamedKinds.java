package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The resources that references name by their kind. */
final class NamedKinds {

  private final Supplier<List<ResourceType>> builtin;
  private final CustomTypes custom;

  /** A resource of a kind. */
  record Named(GroupResource resource, boolean namespaced) {}

  /**
   * @param builtin what every cluster has
   */
  NamedKinds(Supplier<List<ResourceType>> builtin, CustomTypes custom) {
    this.builtin = builtin;
    this.custom = custom;
  }

  Optional<Named> find(String cluster, Reference reference) {
    return builtin.get().stream()
        .filter(type -> type.group().equals(reference.group()))
        .filter(type -> type.kind().equals(reference.kind()))
        .map(type -> new Named(type.groupResource(), type.namespaced()))
        .findFirst()
        .or(() ->
            custom.of(cluster).stream()
                .filter(type -> type.resource().group().equals(reference.group()))
                .filter(type -> type.kind().equals(reference.kind()))
                .map(type -> new Named(type.resource(), type.namespaced()))
                .findFirst());
  }

  /** What to say if there is none. */
  static String unknown(Reference reference) {
    String group = reference.group().isEmpty() ? "" : reference.group() + "/";
    return "no matches for kind \"%s\" in version \"%s%s\""
        .formatted(reference.kind(), group, reference.version());
  }
}

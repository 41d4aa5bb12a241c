package dev.argosy.model.schema;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of kinds with an index per way of asking. */
final class IndexedKindTable implements KindTable {

  static final Comparator<KindSchema> ORDER =
      Comparator.comparing((KindSchema kind) -> kind.type().group())
          .thenComparing(kind -> kind.type().version(), new VersionOrder())
          .thenComparing(kind -> kind.type().resource());

  private final List<KindSchema> all;
  private final Map<String, KindSchema> byUrl = new HashMap<>();
  private final Map<String, KindSchema> byKind = new HashMap<>();
  private final Map<GroupResource, KindSchema> preferred = new HashMap<>();

  IndexedKindTable(Collection<? extends KindSchema> kinds) {
    all = kinds.stream().map(KindSchema.class::cast).sorted(ORDER).toList();
    for (KindSchema kind : all) {
      ResourceType type = kind.type();
      byUrl.put(type.apiVersion() + "/" + type.resource(), kind);
      byKind.put(type.apiVersion() + "/" + type.kind(), kind);
      preferred.putIfAbsent(type.groupResource(), kind);
    }
  }

  @Override
  public List<KindSchema> all() {
    return all;
  }

  @Override
  public Optional<KindSchema> find(String group, String version, String resource) {
    String groupVersion = group.isEmpty() ? version : group + "/" + version;
    return Optional.ofNullable(byUrl.get(groupVersion + "/" + resource));
  }

  @Override
  public Optional<KindSchema> ofKind(String apiVersion, String kind) {
    return Optional.ofNullable(byKind.get(apiVersion + "/" + kind));
  }

  @Override
  public Optional<KindSchema> preferred(GroupResource resource) {
    return Optional.ofNullable(preferred.get(resource));
  }
}

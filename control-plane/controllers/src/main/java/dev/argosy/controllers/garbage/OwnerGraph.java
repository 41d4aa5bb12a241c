package dev.argosy.controllers.garbage;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Who owns whom, over all kinds and clusters; read off one informer per resource. */
final class OwnerGraph {

  private static final String BY_OWNER = "owner";
  private static final String BY_UID = "uid";
  private static final Function<ApiObject, Dependent> DECODER = Dependent::of;
  private static final List<Index<Dependent>> INDEXES =
      List.of(
          new Index<>(BY_OWNER, d -> d.owners().stream().map(OwnerReference::uid).toList()),
          new Index<>(BY_UID, d -> List.of(d.uid())));

  private final Map<GroupResource, Informer<Dependent>> informers = new HashMap<>();
  private final Map<String, ResourceType> kinds = new HashMap<>();

  OwnerGraph(ControllerContext context, List<ResourceType> types) {
    for (ResourceType type : types) {
      kinds.putIfAbsent(kind(type.apiVersion(), type.kind()), type);
      InformerSpec<Dependent> spec =
          new InformerSpec<>(
              ResourceScope.everywhere(type.groupResource()), "", "", DECODER, INDEXES);
      informers.computeIfAbsent(type.groupResource(), r -> context.informer(spec));
    }
  }

  /** By group and kind: a reference may name another version of the owner than we serve first. */
  private static String kind(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return (slash < 0 ? "" : apiVersion.substring(0, slash)) + "/" + kind;
  }

  void addHandler(InformerHandler<Dependent> handler) {
    informers.values().forEach(informer -> informer.addHandler(handler));
  }

  Optional<Dependent> get(ObjectKey key) {
    Informer<Dependent> informer = informers.get(key.resource());
    return informer == null ? Optional.empty() : informer.get(key);
  }

  List<Dependent> dependents(String ownerUid) {
    return informers.values().stream()
        .flatMap(informer -> informer.find(BY_OWNER, ownerUid).stream())
        .toList();
  }

  /** The resource that a reference means; empty if it is not served. */
  Optional<ResourceType> type(OwnerReference owner) {
    return Optional.ofNullable(kinds.get(kind(owner.apiVersion(), owner.kind())));
  }

  Optional<Dependent> byUid(GroupResource resource, String uid) {
    Informer<Dependent> informer = informers.get(resource);
    return informer == null ? Optional.empty() : informer.find(BY_UID, uid).stream().findFirst();
  }
}

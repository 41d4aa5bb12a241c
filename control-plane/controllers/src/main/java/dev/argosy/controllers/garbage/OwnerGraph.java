package dev.argosy.controllers.garbage;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.controllers.runtime.CustomTypes.CustomType;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Who owns whom, over all kinds and clusters; read off one informer per resource. Custom resources
 * join as they are defined, and are remembered when their definition goes, since what they owned is
 * collected then.
 */
final class OwnerGraph {

  private static final String BY_OWNER = "owner";
  private static final String BY_UID = "uid";
  private static final Function<ApiObject, Dependent> DECODER = Dependent::of;
  private static final List<Index<Dependent>> INDEXES =
      List.of(
          new Index<>(BY_OWNER, d -> d.owners().stream().map(OwnerReference::uid).toList()),
          new Index<>(BY_UID, d -> List.of(d.uid())));

  private final ControllerContext context;
  private final Map<GroupResource, Informer<Dependent>> informers = new ConcurrentHashMap<>();
  private final Map<String, OwnerType> kinds = new ConcurrentHashMap<>();
  private final List<InformerHandler<Dependent>> handlers = new CopyOnWriteArrayList<>();

  /** What a reference means. */
  record OwnerType(GroupResource resource, boolean namespaced) {}

  OwnerGraph(ControllerContext context, List<ResourceType> types, CustomTypes custom) {
    this.context = context;
    for (ResourceType type : types) {
      kinds.putIfAbsent(
          kind("", type.group(), type.kind()),
          new OwnerType(type.groupResource(), type.namespaced()));
      follow(type.groupResource());
    }
    custom.onChange(this::add);
  }

  private void add(CustomType type) {
    kinds.put(
        kind(type.cluster(), type.resource().group(), type.kind()),
        new OwnerType(type.resource(), type.namespaced()));
    follow(type.resource());
  }

  private synchronized void follow(GroupResource resource) {
    if (!informers.containsKey(resource)) {
      Informer<Dependent> informer =
          context.informer(
              new InformerSpec<>(ResourceScope.everywhere(resource), "", "", DECODER, INDEXES));
      informers.put(resource, informer);
      handlers.forEach(informer::addHandler);
    }
  }

  /** By group and kind: a reference may name another version of the owner than we serve first. */
  private static String kind(String cluster, String group, String kind) {
    return cluster + "/" + group + "/" + kind;
  }

  synchronized void addHandler(InformerHandler<Dependent> handler) {
    handlers.add(handler);
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

  /** Every kind whose objects a cluster may hold. */
  List<OwnerType> types(String cluster) {
    return kinds.entrySet().stream()
        .filter(e -> e.getKey().startsWith("/") || e.getKey().startsWith(cluster + "/"))
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  /** The resource that a reference in a cluster means; empty if it is not served. */
  Optional<OwnerType> type(String cluster, OwnerReference owner) {
    int slash = owner.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : owner.apiVersion().substring(0, slash);
    OwnerType builtin = kinds.get(kind("", group, owner.kind()));
    return builtin == null
        ? Optional.ofNullable(kinds.get(kind(cluster, group, owner.kind())))
        : Optional.of(builtin);
  }

  Optional<Dependent> byUid(GroupResource resource, String uid) {
    Informer<Dependent> informer = informers.get(resource);
    return informer == null ? Optional.empty() : informer.find(BY_UID, uid).stream().findFirst();
  }
}

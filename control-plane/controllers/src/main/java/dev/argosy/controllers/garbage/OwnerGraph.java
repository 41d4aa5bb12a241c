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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Who owns whom, over all kinds and clusters; read off one informer per resource. Custom resources
 * join as they are defined. When their definition goes, what they owned is collected; they are
 * forgotten a while later.
 */
final class OwnerGraph {

  private static final String BY_OWNER = "owner";
  private static final String BY_UID = "uid";
  private static final Function<ApiObject, Dependent> DECODER = Dependent::of;
  private static final List<Index<Dependent>> INDEXES =
      List.of(
          new Index<>(BY_OWNER, d -> d.owners().stream().map(OwnerReference::uid).toList()),
          new Index<>(BY_UID, d -> List.of(d.uid())));

  /** Long enough for what owners leave behind to be collected, with many tries. */
  static final Duration MEMORY = Duration.ofMinutes(10);

  private final ControllerContext context;
  private final CustomTypes custom;
  private final Set<GroupResource> builtin = new HashSet<>();
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
      builtin.add(type.groupResource());
      follow(type.groupResource());
    }
    this.custom = custom;
    custom.addHandler(new Definitions());
  }

  private final class Definitions implements InformerHandler<CustomType> {
    @Override
    public void added(CustomType type) {
      kinds.put(kind(type), new OwnerType(type.resource(), type.namespaced()));
      follow(type.resource());
    }

    @Override
    public void updated(CustomType old, CustomType type) {
      added(type);
    }

    @Override
    public void deleted(CustomType type) {
      context.timers().after(MEMORY, () -> forget(type));
    }
  }

  private synchronized void follow(GroupResource resource) {
    if (!informers.containsKey(resource)) {
      Informer<Dependent> informer = context.informer(everywhere(resource));
      informers.put(resource, informer);
      handlers.forEach(informer::addHandler);
    }
  }

  /** Unless it is defined again, or, as for the informer, somewhere else. */
  private synchronized void forget(CustomType type) {
    List<CustomType> present = custom.named(type.resource());
    if (present.stream().noneMatch(other -> other.cluster().equals(type.cluster()))) {
      kinds.remove(kind(type));
    }
    if (present.isEmpty() && !builtin.contains(type.resource())) {
      informers.remove(type.resource());
      context.informers().drop(everywhere(type.resource()));
    }
  }

  private static InformerSpec<Dependent> everywhere(GroupResource resource) {
    return new InformerSpec<>(ResourceScope.everywhere(resource), "", "", DECODER, INDEXES);
  }

  private static String kind(CustomType type) {
    return kind(type.cluster(), type.resource().group(), type.kind());
  }

  /** By group and kind: a reference may name another version of the owner than we serve first. */
  private static String kind(String cluster, String group, String kind) {
    return cluster + "/" + group + "/" + kind;
  }

  synchronized void addHandler(InformerHandler<Dependent> handler) {
    handlers.add(handler);
    informers.values().forEach(informer -> informer.addHandler(handler));
  }

  /** Whether it is looked at. */
  boolean follows(GroupResource resource) {
    return informers.containsKey(resource);
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

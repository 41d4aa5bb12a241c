package dev.argosy.server.custom;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.LayeredKindTable;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.custom.AcceptedNames.Taken;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.definition.Names;
import dev.argosy.server.custom.kind.CustomKinds;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What each cluster serves: the kinds that all have, and those of its own definitions. A table is
 * replaced as a whole when a definition of its cluster changes.
 */
public final class CustomResources implements KindTables {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String EVERYWHERE = "*";

  private final KindTables builtin;
  private final ResourceCaches caches;
  private final CustomKinds kinds;
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  /**
   * What a cluster serves, as long as its definitions are in that state.
   *
   * @param revision at which they were
   */
  private record Served(
      Object state, long revision, Map<String, KnownDefinition> definitions, KindTable table) {

    /** Whether it is what a snapshot shows, or newer. */
    boolean covers(CacheSnapshot now, Object stateThen) {
      return state == stateThen || revision > now.revision();
    }
  }

  /**
   * Serves custom resources.
   *
   * @param builtin what clusters have without any definition
   */
  public CustomResources(KindTables builtin, ResourceCaches caches, CustomKinds kinds) {
    this.builtin = builtin;
    this.caches = caches;
    this.kinds = kinds;
  }

  @Override
  public KindTable of(String cluster) {
    return cluster.equals(EVERYWHERE)
        ? new EverywhereTable(builtin.of(ClusterDirectory.ROOT))
        : served(cluster, cache().snapshot())
            .map(Served::table)
            .orElseGet(() -> builtin.of(cluster));
  }

  @Override
  public Optional<KindSchema> find(String cluster, String group, String version, String resource) {
    return newest(cluster, group, table -> table.find(group, version, resource));
  }

  @Override
  public Optional<KindSchema> preferred(String cluster, GroupResource resource) {
    return newest(cluster, resource.group(), table -> table.preferred(resource));
  }

  /** What is not there may have come since the cache was last told. */
  private Optional<KindSchema> newest(
      String cluster, String group, Function<KindTable, Optional<KindSchema>> question) {
    Optional<KindSchema> known = question.apply(of(cluster));
    if (known.isPresent() || group.indexOf('.') < 0 || cluster.equals(EVERYWHERE)) {
      return known;
    }
    return served(cluster, cache().currentSnapshot(PATIENCE))
        .flatMap(now -> question.apply(now.table()));
  }

  /** All definitions of a cluster, in a state as new as the store's. */
  List<Definition> definitions(String cluster) {
    return served(cluster, cache().currentSnapshot(PATIENCE))
        .map(now -> now.definitions().values().stream().map(KnownDefinition::definition).toList())
        .orElse(List.of());
  }

  /** Whether every cluster has a resource without any definition. */
  boolean isBuiltin(String cluster, GroupResource resource) {
    return builtin.of(cluster).preferred(resource).isPresent();
  }

  /**
   * The names that built-in kinds of a group have.
   *
   * @param own the resource that is being defined: if it is built in, its names are its own
   */
  Taken builtinNames(String cluster, String group, String own) {
    Taken taken = Taken.nothing();
    for (KindSchema kind : builtin.of(cluster).all()) {
      ResourceType type = kind.type();
      if (type.group().equals(group) && !type.resource().equals(own)) {
        taken.add(
            new Names(
                type.resource(),
                type.singular(),
                type.kind(),
                type.kind() + "List",
                type.shortNames(),
                List.of()));
      }
    }
    return taken;
  }

  private WatchCache cache() {
    return caches.of(Definition.RESOURCE);
  }

  private Optional<Served> served(String cluster, CacheSnapshot now) {
    Object state = now.stateOf(cluster);
    Served known = served.get(cluster);
    if (known != null && known.covers(now, state)) {
      return Optional.of(known);
    }
    if (now.count(cluster, "") == 0) {
      served.remove(cluster);
      return Optional.empty();
    }
    return Optional.ofNullable(
        served.compute(
            cluster,
            (name, before) ->
                before != null && before.covers(now, state) ? before : make(name, now, before)));
  }

  private Served make(String cluster, CacheSnapshot now, @Nullable Served before) {
    Map<String, KnownDefinition> definitions = new LinkedHashMap<>();
    for (ApiObject object : now.list(cluster, "")) {
      KnownDefinition old = before == null ? null : before.definitions().get(object.name());
      definitions.put(object.name(), KnownDefinition.of(object, old, kinds));
    }
    List<KindSchema> own =
        definitions.values().stream()
            .filter(known -> !isBuiltin(cluster, known.definition().resource()))
            .flatMap(known -> known.kinds().stream())
            .toList();
    return new Served(
        now.stateOf(cluster),
        now.revision(),
        definitions,
        new LayeredKindTable(builtin.of(cluster), own));
  }
}

package dev.argosy.server.aggregate;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The registrations of each cluster that are in force. A registration of a group that every cluster
 * has never is, nor one of a group version that a cluster's own definitions serve.
 */
final class Registrations {

  private static final Comparator<Registration> ORDER =
      Comparator.comparingInt((Registration r) -> -r.groupPriority())
          .thenComparing(Registration::group)
          .thenComparingInt(r -> -r.versionPriority())
          .thenComparing(Registration::version);

  private final ResourceCaches caches;
  private final KindTables builtin;
  private final KindTables kinds;
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  /**
   * Registrations.
   *
   * @param builtin what clusters have without any definition
   * @param kinds what clusters serve, custom resources included
   */
  Registrations(ResourceCaches caches, KindTables builtin, KindTables kinds) {
    this.caches = caches;
    this.builtin = builtin;
    this.kinds = kinds;
  }

  /** What a cluster has, as long as its registrations and its kinds are in that state. */
  private record Served(
      Object state, KindTable table, List<Registration> all, Map<String, Registration> versions) {}

  /** Those in force, the most important first. */
  List<Registration> of(String cluster) {
    return served(cluster).map(Served::all).orElse(List.of());
  }

  /** The one that is in force for a group version. */
  Optional<Registration> find(String cluster, String group, String version) {
    return served(cluster)
        .flatMap(now -> Optional.ofNullable(now.versions().get(group + "/" + version)));
  }

  private Optional<Served> served(String cluster) {
    CacheSnapshot now = caches.of(Registration.RESOURCE).snapshot();
    if (now.count(cluster, "") == 0) {
      served.remove(cluster);
      return Optional.empty();
    }
    Object state = now.stateOf(cluster);
    KindTable table = kinds.of(cluster);
    Served known = served.get(cluster);
    if (known != null && known.state() == state && known.table() == table) {
      return Optional.of(known);
    }
    Served made = make(cluster, now, table);
    served.put(cluster, made);
    return Optional.of(made);
  }

  private Served make(String cluster, CacheSnapshot now, KindTable table) {
    Set<String> groups = new HashSet<>();
    builtin.of(cluster).all().forEach(kind -> groups.add(kind.type().group()));
    Set<String> own =
        table.all().stream().map(Registrations::groupVersion).collect(Collectors.toSet());
    List<Registration> all =
        StreamSupport.stream(now.list(cluster, "").spliterator(), false)
            .filter(object -> !object.meta().deleting())
            .map(Registration::of)
            .flatMap(Optional::stream)
            .filter(r -> !groups.contains(r.group()) && !own.contains(r.groupVersion()))
            .sorted(ORDER)
            .toList();
    return new Served(
        now.stateOf(cluster),
        table,
        all,
        all.stream()
            .collect(
                Collectors.toMap(Registration::groupVersion, Function.identity(), (a, b) -> a)));
  }

  private static String groupVersion(KindSchema kind) {
    return kind.type().group() + "/" + kind.type().version();
  }

  /** All that name a service, in force or not. */
  List<Registration> named(String cluster) {
    CacheSnapshot now = caches.of(Registration.RESOURCE).snapshot();
    return StreamSupport.stream(now.list(cluster, "").spliterator(), false)
        .filter((ApiObject object) -> !object.meta().deleting())
        .map(Registration::of)
        .flatMap(Optional::stream)
        .toList();
  }
}

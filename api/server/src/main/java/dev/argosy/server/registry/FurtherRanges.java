package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.list.Lister;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The ranges that a cluster has beside the platform's own: those of its {@code ServiceCIDR}s that
 * are ready and not about to go, as far as the platform lets tenants have them. Read only when the
 * platform's own range does not have what is wanted.
 */
final class FurtherRanges {

  static final GroupResource RESOURCE = new GroupResource("networking.k8s.io", "servicecidrs");

  private final ResourceCaches caches;
  private final List<Ipv4Range> allowed;

  FurtherRanges(ResourceCaches caches, List<Ipv4Range> allowed) {
    this.caches = caches;
    this.allowed = List.copyOf(allowed);
  }

  /**
   * A range of a cluster.
   *
   * @param key of the object that says so
   * @param revision of that state of it; who takes an address relies on it
   */
  record Further(ObjectKey key, long revision, Ipv4Range range) {}

  /** Those of a cluster, as the store has them now. */
  List<Further> of(String cluster) {
    List<Further> all = new ArrayList<>();
    for (ApiObject object : Lister.atLeast(caches.of(RESOURCE), -1).list(cluster, "")) {
      if (!object.meta().deleting() && ready(object.tree())) {
        for (JsonNode cidr : object.tree().path("spec").path("cidrs")) {
          Ipv4Range.of(cidr.asString(""))
              .filter(this::allowed)
              .ifPresent(range -> all.add(new Further(object.key(), object.revision(), range)));
        }
      }
    }
    return all;
  }

  /** The one of a cluster that has this address. */
  Optional<Further> having(String cluster, long number) {
    return of(cluster).stream().filter(further -> further.range().gives(number)).findFirst();
  }

  boolean allowed(Ipv4Range range) {
    return allowed.stream().anyMatch(one -> one.covers(range));
  }

  private static boolean ready(JsonNode object) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }
}

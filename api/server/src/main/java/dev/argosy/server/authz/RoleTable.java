package dev.argosy.server.authz;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roles of one cluster with the rules they have, also those that are collected. Finding never
 * locks; changes must come one after the other.
 */
final class RoleTable {

  private final Map<Place, Role> preset = new HashMap<>();
  private final Map<String, Role> clusterRoles = new TreeMap<>();
  private final Map<Place, Role> complete = new ConcurrentHashMap<>();

  /**
   * A table.
   *
   * @param preset what every cluster has unless it has its own of that name
   */
  RoleTable(Collection<Role> preset, Collection<Role> own) {
    preset.forEach(role -> this.preset.put(place(role), role));
    Stream.concat(preset.stream(), own.stream())
        .forEach(role -> {
          complete.put(place(role), role);
          if (role.namespace().isEmpty()) {
            clusterRoles.put(role.name(), role);
          }
        });
    collect();
  }

  static Place place(Role role) {
    return new Place(role.namespace(), role.name());
  }

  Optional<Role> find(Place place) {
    return Optional.ofNullable(complete.get(place));
  }

  /** Cluster roles, and the roles of a namespace, by namespace and name. */
  List<Role> in(String namespace) {
    return complete.values().stream()
        .filter(role -> role.namespace().isEmpty() || role.namespace().equals(namespace))
        .sorted(Comparator.comparing(Role::namespace).thenComparing(Role::name))
        .toList();
  }

  /** The cluster roles that collect others' rules, with what they have collected. */
  Stream<Role> aggregated() {
    return complete.values().stream().filter(Role::aggregated);
  }

  /** Takes what the cluster now has at a place; null if nothing of its own. */
  void set(Place place, @Nullable Role own) {
    Role now = own == null ? preset.get(place) : own;
    if (!place.namespace().isEmpty()) {
      put(place, now);
      return;
    }
    Role before =
        now == null ? clusterRoles.remove(place.name()) : clusterRoles.put(place.name(), now);
    if (now == null || !now.aggregated()) {
      put(place, now);
    }
    if (collected(before) || collected(now)) {
      collect();
    }
  }

  private void put(Place place, @Nullable Role role) {
    if (role == null) {
      complete.remove(place);
    } else {
      complete.put(place, role);
    }
  }

  /** Whether roles that collect depend on it. */
  private boolean collected(@Nullable Role role) {
    return role != null
        && (role.aggregated()
            || clusterRoles.values().stream().anyMatch(other -> other.collects(role)));
  }

  private void collect() {
    Aggregation.complete(clusterRoles)
        .values()
        .forEach(role -> {
          if (role.aggregated() && !Objects.equals(complete.get(place(role)), role)) {
            complete.put(place(role), role);
          }
        });
  }
}

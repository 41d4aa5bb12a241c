package dev.argosy.server.authz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All RBAC of one logical cluster, ready for questions. Questions never lock. Changes must come one
 * after the other; each touches only what depends on it, and is seen at once for each subject.
 */
final class ClusterRules {

  /**
   * What one binding gives: the rules that its role has at the moment.
   *
   * @param role may not be there
   */
  record Grant(Binding binding, Place role) {}

  private record Held(String subject, String namespace) {}

  /** What every cluster has comes first, then by name, as lists show them. */
  private static final Comparator<Grant> ORDER =
      Comparator.<Grant, Boolean>comparing(grant -> !grant.binding().bootstrap())
          .thenComparing(grant -> grant.binding().name());

  private final RoleTable roles;
  private final Map<Place, Binding> preset = new HashMap<>();
  private final Set<String> presetNamespaces = new TreeSet<>();
  private final Map<Place, Binding> bindings = new HashMap<>();
  private final Map<Held, List<Grant>> given = new ConcurrentHashMap<>();

  /** Bindings of the cluster's own making, by subject. */
  private final Map<String, Map<Place, Grant>> own = new ConcurrentHashMap<>();

  private ClusterRules(RoleTable roles, Collection<Binding> preset) {
    this.roles = roles;
    preset.forEach(binding -> this.preset.put(place(binding), binding));
    preset.stream()
        .map(Binding::namespace)
        .filter(n -> !n.isEmpty())
        .forEach(presetNamespaces::add);
    this.preset.keySet().forEach(place -> bind(place, null));
  }

  /** Compiles what every cluster has. */
  static ClusterRules compile(Collection<Role> roles, Collection<Binding> bindings) {
    return new ClusterRules(new RoleTable(roles, List.of()), bindings);
  }

  /**
   * Compiles what every cluster has and what one has besides.
   *
   * @param roles which take the place of those of the same name
   * @param bindings likewise
   */
  static ClusterRules compile(
      BootstrapRbac bootstrap, Collection<Role> roles, Collection<Binding> bindings) {
    ClusterRules rules =
        new ClusterRules(new RoleTable(bootstrap.roles(), roles), bootstrap.bindings());
    bindings.forEach(binding -> rules.bind(place(binding), binding));
    return rules;
  }

  private static Place place(Binding binding) {
    return new Place(binding.namespace(), binding.name());
  }

  /** Takes the role that the cluster now has at a place; null if none of its own. */
  void role(Place place, @Nullable Role role) {
    roles.set(place, role);
  }

  /** Takes the binding that the cluster now has at a place; null if none of its own. */
  void bind(Place place, @Nullable Binding binding) {
    Binding now = binding == null ? preset.get(place) : binding;
    Binding before = now == null ? bindings.remove(place) : bindings.put(place, now);
    Set<String> after = now == null ? Set.of() : Set.copyOf(now.subjects());
    Set<String> concerned = new HashSet<>(after);
    if (before != null) {
      concerned.addAll(before.subjects());
    }
    for (String subject : concerned) {
      Grant grant = now != null && after.contains(subject) ? new Grant(now, role(now)) : null;
      given.compute(
          new Held(subject, place.namespace()), (held, grants) -> with(grants, place, grant));
      count(subject, place, grant);
    }
  }

  private static Place role(Binding binding) {
    return new Place(
        binding.roleKind() == RbacKind.ROLE ? binding.namespace() : "", binding.role());
  }

  /** A copy with another grant, or none, of the binding at that place; null if nothing is left. */
  private static @Nullable List<Grant> with(
      @Nullable List<Grant> grants, Place place, @Nullable Grant grant) {
    List<Grant> changed = grants == null ? new ArrayList<>() : new ArrayList<>(grants);
    changed.removeIf(other -> other.binding().name().equals(place.name()));
    if (grant != null) {
      int at = Collections.binarySearch(changed, grant, ORDER);
      changed.add(at < 0 ? -at - 1 : at, grant);
    }
    return changed.isEmpty() ? null : List.copyOf(changed);
  }

  private void count(String subject, Place place, @Nullable Grant grant) {
    own.compute(
        subject,
        (s, known) -> {
          Map<Place, Grant> all = known == null ? new ConcurrentHashMap<>() : known;
          if (grant == null || grant.binding().bootstrap()) {
            all.remove(place);
          } else {
            all.put(place, grant);
          }
          return all.isEmpty() ? null : all;
        });
  }

  /** The rules of a role; cluster roles have no namespace. Empty if there is no such role. */
  Optional<List<PolicyRule>> rulesOf(String namespace, String name) {
    return roles.find(new Place(namespace, name)).map(Role::rules);
  }

  /** The rules that a grant gives; empty if its role is not there. */
  Optional<List<PolicyRule>> rulesOf(Grant grant) {
    return roles.find(grant.role()).map(Role::rules);
  }

  /** The cluster roles that collect others' rules, with what they have collected. */
  List<Role> aggregated() {
    return roles.aggregated().toList();
  }

  /**
   * What a subject has in the whole cluster.
   *
   * @param subject as in {@link Binding#subjects()}
   */
  List<Grant> everywhere(String subject) {
    return inNamespace(subject, "");
  }

  /** What a subject has in a namespace besides. */
  List<Grant> inNamespace(String subject, String namespace) {
    return given.getOrDefault(new Held(subject, namespace), List.of());
  }

  /** Everything that anybody has in the whole cluster, and in a namespace besides. */
  void forEach(String namespace, BiConsumer<String, Grant> action) {
    given.forEach((held, grants) -> {
      if (held.namespace().isEmpty() || held.namespace().equals(namespace)) {
        grants.forEach(grant -> action.accept(held.subject(), grant));
      }
    });
  }

  /** The cluster's roles, and those of a namespace, in order. */
  List<Role> roles(String namespace) {
    return roles.in(namespace);
  }

  /** What a subject has in single namespaces. */
  List<Grant> inNamespaces(String subject) {
    List<Grant> found = new ArrayList<>();
    for (Grant grant : own.getOrDefault(subject, Map.of()).values()) {
      if (!grant.binding().namespace().isEmpty()) {
        found.add(grant);
      }
    }
    for (String namespace : presetNamespaces) {
      for (Grant grant : inNamespace(subject, namespace)) {
        if (grant.binding().bootstrap()) {
          found.add(grant);
        }
      }
    }
    return found;
  }

  /** Whether a binding of the cluster's own making, to a role that is there, names the subject. */
  boolean names(String subject) {
    for (Grant grant : own.getOrDefault(subject, Map.of()).values()) {
      if (roles.find(grant.role()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a binding of the cluster's own making names the subject, be its role there or not. */
  boolean mentions(String subject) {
    return own.containsKey(subject);
  }
}

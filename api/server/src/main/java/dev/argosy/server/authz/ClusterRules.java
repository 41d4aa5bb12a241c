package dev.argosy.server.authz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All RBAC of one logical cluster, ready for questions. Immutable. */
final class ClusterRules {

  /**
   * What one binding gives.
   *
   * @param roleFound whether its role is there; without it there are no rules
   */
  record Grant(Binding binding, List<PolicyRule> rules, boolean roleFound) {}

  /** What one subject has: everywhere, and in single namespaces. */
  private record Given(List<Grant> everywhere, Map<String, List<Grant>> inNamespace) {
    static final Given NOTHING = new Given(List.of(), Map.of());

    Given {
      everywhere = List.copyOf(everywhere);
      Map<String, List<Grant>> copies = new HashMap<>(inNamespace);
      copies.replaceAll((namespace, grants) -> List.copyOf(grants));
      inNamespace = Map.copyOf(copies);
    }
  }

  private final Map<String, Role> roles;
  private final Map<String, Given> bySubject;
  private final Set<String> named;

  private ClusterRules(Map<String, Role> roles, Map<String, Given> bySubject, Set<String> named) {
    this.roles = roles;
    this.bySubject = bySubject;
    this.named = named;
  }

  /**
   * Compiles.
   *
   * @param roles later ones take the place of earlier ones of the same name
   */
  static ClusterRules compile(Collection<Role> roles, Collection<Binding> bindings) {
    Map<String, Role> byName = new LinkedHashMap<>();
    roles.forEach(role -> byName.put(key(role.namespace(), role.name()), role));
    Map<String, Role> complete = Aggregation.complete(byName);
    Map<String, Binding> last = new LinkedHashMap<>();
    bindings.forEach(binding -> last.put(key(binding.namespace(), binding.name()), binding));
    Map<String, Map<String, List<Grant>>> given = new HashMap<>();
    Set<String> named = new HashSet<>();
    for (Binding binding : last.values()) {
      Role role = complete.get(key(roleNamespace(binding), binding.role()));
      Grant grant = new Grant(binding, role == null ? List.of() : role.rules(), role != null);
      for (String subject : binding.subjects()) {
        given
            .computeIfAbsent(subject, s -> new HashMap<>())
            .computeIfAbsent(binding.namespace(), n -> new ArrayList<>())
            .add(grant);
      }
      if (!binding.bootstrap() && role != null) {
        named.addAll(binding.subjects());
      }
    }
    Map<String, Given> bySubject = new HashMap<>();
    given.forEach((subject, grants) -> {
      List<Grant> everywhere = Optional.ofNullable(grants.remove("")).orElse(List.of());
      bySubject.put(subject, new Given(everywhere, grants));
    });
    return new ClusterRules(complete, Map.copyOf(bySubject), Set.copyOf(named));
  }

  private static String roleNamespace(Binding binding) {
    return binding.roleKind() == RbacKind.ROLE ? binding.namespace() : "";
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** The rules of a role; cluster roles have no namespace. Empty if there is no such role. */
  Optional<List<PolicyRule>> rulesOf(String namespace, String name) {
    return Optional.ofNullable(roles.get(key(namespace, name))).map(Role::rules);
  }

  /** The cluster roles that collect others' rules, with what they have collected. */
  List<Role> aggregated() {
    return roles.values().stream().filter(Role::aggregated).toList();
  }

  /**
   * What a subject has in the whole cluster.
   *
   * @param subject as in {@link Binding#subjects()}
   */
  List<Grant> everywhere(String subject) {
    return bySubject.getOrDefault(subject, Given.NOTHING).everywhere();
  }

  /** What a subject has in a namespace besides. */
  List<Grant> inNamespace(String subject, String namespace) {
    return bySubject
        .getOrDefault(subject, Given.NOTHING)
        .inNamespace()
        .getOrDefault(namespace, List.of());
  }

  /** Whether a binding of the cluster's own making names the subject. */
  boolean names(String subject) {
    return named.contains(subject);
  }
}

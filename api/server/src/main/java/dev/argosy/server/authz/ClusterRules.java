package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All RBAC of one logical cluster, ready for questions. Immutable. */
final class ClusterRules {

  /** What one binding gives. */
  record Grant(Binding binding, List<PolicyRule> rules) {

    /** Whether it counts for what is asked about this namespace (empty: cluster scope). */
    boolean reaches(String namespace) {
      return binding.namespace().isEmpty() || binding.namespace().equals(namespace);
    }
  }

  private final Map<String, Role> roles;
  private final Map<String, List<Grant>> bySubject;

  private ClusterRules(Map<String, Role> roles, Map<String, List<Grant>> bySubject) {
    this.roles = roles;
    this.bySubject = bySubject;
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
    Map<String, List<Grant>> bySubject = new HashMap<>();
    for (Binding binding : last.values()) {
      Role role = complete.get(key(roleNamespace(binding), binding.role()));
      if (role != null) {
        Grant grant = new Grant(binding, role.rules());
        for (String subject : binding.subjects()) {
          bySubject.computeIfAbsent(subject, s -> new ArrayList<>()).add(grant);
        }
      }
    }
    bySubject.replaceAll((subject, grants) -> List.copyOf(grants));
    return new ClusterRules(complete, Map.copyOf(bySubject));
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

  /** What a user has by name. */
  List<Grant> ofUser(UserInfo user) {
    return bySubject.getOrDefault(Binding.USER + user.name(), List.of());
  }

  /** What the members of a group have. */
  List<Grant> ofGroup(String group) {
    return bySubject.getOrDefault(Binding.GROUP + group, List.of());
  }
}

package dev.argosy.server.authz;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills cluster roles that collect the rules of others, also of others that collect. */
final class Aggregation {

  private Aggregation() {}

  static Map<String, Role> complete(Map<String, Role> roles) {
    List<Role> clusterRoles =
        roles.values().stream()
            .filter(role -> role.namespace().isEmpty())
            .sorted(Comparator.comparing(Role::name))
            .toList();
    Map<String, Role> complete = new LinkedHashMap<>(roles);
    complete.replaceAll((key, role) -> {
      if (!role.aggregated()) {
        return role;
      }
      Set<PolicyRule> rules = new LinkedHashSet<>();
      collect(role, clusterRoles, rules, new LinkedHashSet<>());
      return role.withRules(List.copyOf(rules));
    });
    return complete;
  }

  private static void collect(
      Role role, List<Role> all, Set<PolicyRule> rules, Set<String> visited) {
    if (!visited.add(role.name())) {
      return;
    }
    if (!role.aggregated()) {
      rules.addAll(role.rules());
      return;
    }
    all.stream().filter(role::collects).forEach(other -> collect(other, all, rules, visited));
  }
}

package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Reach;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which namespaces somebody may see what they ask for over all of them. Belongs to one question.
 *
 * <p>The namespaces themselves are seen where any binding of the namespace gives any right, and by
 * name where a rule allows to get single ones.
 */
final class NamespaceSearch {

  private final Attributes asked;
  private final boolean namespaces;
  private final Set<String> found = new HashSet<>();

  /** Many bindings give the same role, which is looked at once. */
  private final Map<List<PolicyRule>, Boolean> known = new IdentityHashMap<>();

  private NamespaceSearch(Attributes asked) {
    this.asked = asked;
    this.namespaces = asked.group().isEmpty() && asked.resource().equals("namespaces");
  }

  static NamespaceSearch of(Attributes asked) {
    return new NamespaceSearch(asked);
  }

  Reach in(HeldRules held, Object asOf) {
    UserInfo user = asked.user();
    held.visitNamespaces(
        user,
        asked.cluster(),
        (namespace, rules) -> {
          if (known.computeIfAbsent(rules, this::show)) {
            found.add(namespace);
          }
        });
    if (namespaces) {
      held.visit(
          user,
          asked.cluster(),
          "",
          (rules, origin) -> {
            rules.forEach(this::addNamed);
            return false;
          });
    }
    return found.isEmpty() ? Reach.NONE : Reach.of(found, asOf);
  }

  private boolean show(List<PolicyRule> rules) {
    if (namespaces) {
      return rules.stream().anyMatch(rule -> !rule.resources().isEmpty());
    }
    for (PolicyRule rule : rules) {
      if (rule.names().isEmpty() && rule.allows(nameless())) {
        return true;
      }
    }
    return false;
  }

  /** A rule about some objects by name says nothing of the others. */
  private Attributes nameless() {
    return new Attributes(
        asked.user(),
        asked.cluster(),
        asked.verb(),
        asked.group(),
        asked.version(),
        asked.resource(),
        "",
        "",
        "",
        "");
  }

  private void addNamed(PolicyRule rule) {
    for (String name : rule.names()) {
      if (rule.allows(
          new Attributes(
              asked.user(), asked.cluster(), "get", "", "v1", "namespaces", "", name, name, ""))) {
        found.add(name);
      }
    }
  }
}

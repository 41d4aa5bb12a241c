package dev.argosy.server.authz;

import java.util.List;
import java.util.Optional;

/**
 * Shows a visitor what bindings give.
 *
 * @param ownOnly whether those that every cluster has do not count
 */
record BindingVisit(
    ClusterRules compiled, String namespace, boolean ownOnly, HeldRules.Visitor visitor) {

  boolean ofSubject(String subject) {
    return shown(compiled.everywhere(subject), subject)
        || (!namespace.isEmpty() && shown(compiled.inNamespace(subject, namespace), subject));
  }

  private boolean shown(List<ClusterRules.Grant> grants, String subject) {
    for (ClusterRules.Grant grant : grants) {
      if (ownOnly && grant.binding().bootstrap()) {
        continue;
      }
      Optional<List<PolicyRule>> rules = compiled.rulesOf(grant);
      if (rules.isEmpty()) {
        visitor.roleMissing(grant.binding());
      } else if (visitor.visit(rules.get(), () -> new Origin.Bound(grant.binding(), subject))) {
        return true;
      }
    }
    return false;
  }
}

package dev.argosy.server.authz;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a cluster's own copy of a bootstrap role or binding back what it lacks: permissions,
 * subjects, labels, annotations. What it has besides stays. A copy whose annotation {@code
 * rbac.authorization.kubernetes.io/autoupdate} is {@code "false"} is left alone.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation">
 *     Auto-reconciliation</a>
 */
final class Reconciliation {

  private Reconciliation() {}

  /**
   * Completes the copy in place; false if there was nothing to do.
   *
   * @param wanted as every cluster has it
   */
  static boolean complete(ObjectNode copy, ObjectNode wanted) {
    JsonNode annotations = copy.path("metadata").path("annotations");
    if (annotations.path(BootstrapTemplate.AUTO_UPDATE).asString("").equals("false")) {
      return false;
    }
    boolean changed = members(copy, wanted, "labels") | members(copy, wanted, "annotations");
    if (wanted.has("roleRef")) {
      return entries(copy, "subjects", wanted.path("subjects")) | changed;
    }
    JsonNode selectors = wanted.path("aggregationRule").path("clusterRoleSelectors");
    if (selectors.isEmpty()) {
      return rules(copy, wanted.path("rules")) | changed;
    }
    return entries(copy.withObject("aggregationRule"), "clusterRoleSelectors", selectors) | changed;
  }

  private static boolean members(ObjectNode copy, ObjectNode wanted, String map) {
    boolean changed = false;
    for (Map.Entry<String, JsonNode> one : wanted.path("metadata").path(map).properties()) {
      if (!copy.path("metadata").path(map).has(one.getKey())) {
        copy.withObject("metadata").withObject(map).set(one.getKey(), one.getValue());
        changed = true;
      }
    }
    return changed;
  }

  private static boolean entries(ObjectNode holder, String list, JsonNode wanted) {
    boolean changed = false;
    for (JsonNode one : wanted) {
      if (holder.path(list).valueStream().noneMatch(one::equals)) {
        array(holder, list).add(one);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean rules(ObjectNode copy, JsonNode wanted) {
    List<PolicyRule> own = PolicyRule.listOf(copy.path("rules"));
    List<PolicyRule> missing =
        PolicyRule.listOf(wanted).stream()
            .flatMap(rule -> rule.singles().stream())
            .filter(one -> own.stream().noneMatch(have -> have.covers(one)))
            .toList();
    PolicyRule.joined(missing).forEach(rule -> array(copy, "rules").add(rule.toJson()));
    return !missing.isEmpty();
  }

  private static ArrayNode array(ObjectNode holder, String list) {
    return holder.get(list) instanceof ArrayNode array ? array : holder.putArray(list);
  }
}

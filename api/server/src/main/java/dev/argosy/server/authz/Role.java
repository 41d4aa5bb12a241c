package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Role or ClusterRole.
 *
 * @param namespace empty for cluster roles
 * @param collects the cluster roles whose rules it has; empty if it has rules of its own
 */
record Role(
    String namespace,
    String name,
    Map<String, String> labels,
    List<PolicyRule> rules,
    List<LabelSelector> collects) {

  Role {
    labels = Map.copyOf(labels);
    rules = List.copyOf(rules);
    collects = List.copyOf(collects);
  }

  static Role of(ApiObject object) {
    JsonNode tree = object.tree();
    List<LabelSelector> collects = new ArrayList<>();
    for (JsonNode selector : tree.path("aggregationRule").path("clusterRoleSelectors")) {
      collects.add(selector(selector));
    }
    return new Role(
        object.namespace(),
        object.name(),
        object.meta().labels(),
        PolicyRule.listOf(tree.path("rules")),
        collects);
  }

  private static LabelSelector selector(JsonNode selector) {
    try {
      return LabelSelector.ofObject(selector);
    } catch (SelectorSyntaxException e) {
      return LabelSelector.NOTHING;
    }
  }

  boolean aggregated() {
    return !collects.isEmpty();
  }

  /** Whether this role takes over the rules of the other. */
  boolean collects(Role other) {
    return !other.name.equals(name)
        && collects.stream().anyMatch(selector -> selector.matches(other.labels));
  }

  Role withRules(List<PolicyRule> all) {
    return new Role(namespace, name, labels, all, collects);
  }
}

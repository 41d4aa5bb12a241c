package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Role or ClusterRole.
 *
 * @param namespace empty for cluster roles
 * @param collects label selectors ({@code matchLabels}) of the cluster roles whose rules it has
 */
record Role(
    String namespace,
    String name,
    Map<String, String> labels,
    List<PolicyRule> rules,
    List<Map<String, String>> collects) {

  Role {
    labels = Map.copyOf(labels);
    rules = List.copyOf(rules);
    collects = List.copyOf(collects);
  }

  static Role of(ApiObject object) {
    JsonNode tree = object.tree();
    List<Map<String, String>> collects = new ArrayList<>();
    for (JsonNode selector : tree.path("aggregationRule").path("clusterRoleSelectors")) {
      Map<String, String> labels = new HashMap<>();
      selector
          .path("matchLabels")
          .properties()
          .forEach(e -> labels.put(e.getKey(), e.getValue().asString("")));
      if (!labels.isEmpty()) {
        collects.add(Map.copyOf(labels));
      }
    }
    return new Role(
        object.namespace(),
        object.name(),
        object.meta().labels(),
        PolicyRule.listOf(tree.path("rules")),
        collects);
  }

  boolean aggregated() {
    return !collects.isEmpty();
  }

  /** Whether this role takes over the rules of the other. */
  boolean collects(Role other) {
    return !other.name.equals(name)
        && collects.stream()
            .anyMatch(wanted -> other.labels.entrySet().containsAll(wanted.entrySet()));
  }

  Role withRules(List<PolicyRule> all) {
    return new Role(namespace, name, labels, all, collects);
  }
}

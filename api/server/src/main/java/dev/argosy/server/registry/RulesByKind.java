package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import java.util.HashMap;
import java.util.Map;

/** The special rules of kinds that have some. */
final class RulesByKind {

  private final Map<GroupResource, KindRules> rules;

  RulesByKind(Map<GroupResource, KindRules> rules) {
    this.rules = Map.copyOf(rules);
  }

  /** These and others. */
  RulesByKind with(Map<GroupResource, KindRules> more) {
    Map<GroupResource, KindRules> all = new HashMap<>(rules);
    all.putAll(more);
    return new RulesByKind(all);
  }

  KindRules of(Write write) {
    return rules.getOrDefault(write.resource(), KindRules.NONE);
  }
}

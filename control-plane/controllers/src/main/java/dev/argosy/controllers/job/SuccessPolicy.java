package dev.argosy.controllers.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * When an indexed Job has succeeded before all of its indexes have: {@code spec.successPolicy}.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy">
 *     Success policy</a>
 */
record SuccessPolicy(List<Rule> rules) {

  /**
   * One way to succeed.
   *
   * @param indexes of which some must have succeeded; empty for all indexes
   * @param count how many; empty for all of them
   */
  record Rule(Optional<String> indexes, Optional<Integer> count) {}

  SuccessPolicy {
    rules = List.copyOf(rules);
  }

  static SuccessPolicy of(JsonNode policy) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : policy.path("rules")) {
      rules.add(
          new Rule(
              Optional.ofNullable(rule.get("succeededIndexes")).map(n -> n.asString("")),
              Optional.ofNullable(rule.get("succeededCount")).map(n -> n.asInt(0))));
    }
    return new SuccessPolicy(rules);
  }

  /** Which rule is met, in Kubernetes' words. */
  Optional<String> met(Indexes succeeded, int completions) {
    for (int i = 0; i < rules.size(); i++) {
      if (succeeded.size() > 0 && met(rules.get(i), succeeded, completions)) {
        return Optional.of("Matched rules at index " + i);
      }
    }
    return Optional.empty();
  }

  private static boolean met(Rule rule, Indexes succeeded, int completions) {
    if (rule.indexes().isEmpty()) {
      return rule.count().filter(count -> succeeded.size() >= count).isPresent();
    }
    Indexes wanted = Indexes.parse(rule.indexes().get(), completions);
    int shared = wanted.shared(succeeded);
    return wanted.size() > 0
        && (shared == wanted.size() || rule.count().filter(count -> shared >= count).isPresent());
  }
}

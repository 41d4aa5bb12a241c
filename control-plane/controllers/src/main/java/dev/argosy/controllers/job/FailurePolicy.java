package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a failed pod means: {@code spec.podFailurePolicy}. The first rule that matches decides.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy">Pod
 *     failure policy</a>
 */
record FailurePolicy(List<Rule> rules) {

  /** Counts every failure. */
  static final FailurePolicy NONE = new FailurePolicy(List.of());

  /**
   * A rule on exit codes or on conditions.
   *
   * @param container that the codes are of; empty for any
   */
  record Rule(
      String action,
      boolean onCodes,
      String container,
      boolean in,
      Set<Integer> codes,
      List<Pattern> conditions) {
    Rule {
      codes = Set.copyOf(codes);
      conditions = List.copyOf(conditions);
    }
  }

  /** A condition that a pod may have. */
  record Pattern(String type, String status) {}

  /**
   * What was decided.
   *
   * @param failure why the whole Job fails; empty if it does not
   */
  record Decision(String action, Optional<String> failure) {
    boolean counts() {
      return !action.equals("Ignore");
    }

    boolean failsIndex() {
      return action.equals("FailIndex");
    }
  }

  private static final Decision COUNT = new Decision("Count", Optional.empty());

  FailurePolicy {
    rules = List.copyOf(rules);
  }

  static FailurePolicy of(JsonNode policy) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : policy.path("rules")) {
      JsonNode codes = rule.path("onExitCodes");
      List<Pattern> patterns = new ArrayList<>();
      rule.path("onPodConditions")
          .forEach(p ->
              patterns.add(
                  new Pattern(p.path("type").asString(""), p.path("status").asString("True"))));
      rules.add(
          new Rule(
              rule.path("action").asString("Count"),
              codes.isObject(),
              codes.path("containerName").asString(""),
              codes.path("operator").asString("").equals("In"),
              codes.path("values").valueStream().map(v -> v.asInt(0)).collect(Collectors.toSet()),
              patterns));
    }
    return new FailurePolicy(rules);
  }

  Decision decide(JobPod pod) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      Optional<String> why = rule.onCodes() ? onCodes(rule, pod) : onConditions(rule, pod);
      if (why.isPresent()) {
        String message = why.get() + " matching " + rule.action() + " rule at index " + i;
        return new Decision(
            rule.action(),
            rule.action().equals("FailJob") ? Optional.of(message) : Optional.empty());
      }
    }
    return COUNT;
  }

  private static Optional<String> onCodes(Rule rule, JobPod pod) {
    return pod.details().exits().stream()
        .filter(e -> rule.container().isEmpty() || rule.container().equals(e.container()))
        .filter(e -> e.code() != 0 && rule.codes().contains(e.code()) == rule.in())
        .findFirst()
        .map(e ->
            "Container %s for pod %s failed with exit code %d"
                .formatted(e.container(), name(pod), e.code()));
  }

  private static Optional<String> onConditions(Rule rule, JobPod pod) {
    return pod.details().conditions().stream()
        .filter(c -> rule.conditions().contains(new Pattern(c.type(), c.status())))
        .findFirst()
        .map(Condition::type)
        .map(type -> "Pod %s has condition %s".formatted(name(pod), type));
  }

  private static String name(JobPod pod) {
    return pod.view().key().namespace() + "/" + pod.view().name();
  }
}

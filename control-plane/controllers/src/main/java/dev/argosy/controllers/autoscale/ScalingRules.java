package dev.argosy.controllers.autoscale;

import dev.argosy.model.quantity.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How fast the number of replicas may change in one direction.
 *
 * @param window how long the mildest of the recommendations counts
 * @param tolerance how far from its target a metric may be without any change
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior">
 *     Configurable scaling behavior</a>
 */
record ScalingRules(Duration window, Select select, List<Policy> policies, double tolerance) {

  /** Which of the policies counts. */
  enum Select {
    /** The one that allows the most change. */
    MAX,
    /** The one that allows the least. */
    MIN,
    /** No change at all. */
    DISABLED
  }

  /**
   * So much change in a period.
   *
   * @param percent whether the value is percent of the replicas at its beginning, not pods
   */
  record Policy(boolean percent, int value, Duration period) {

    static Policy of(JsonNode policy) {
      return new Policy(
          policy.path("type").asString("").equals("Percent"),
          policy.path("value").asInt(0),
          Duration.ofSeconds(policy.path("periodSeconds").asInt(0)));
    }
  }

  static final double TOLERANCE = 0.1;

  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Policy DOUBLE = new Policy(true, 100, PERIOD);

  static final ScalingRules UP =
      new ScalingRules(
          Duration.ZERO, Select.MAX, List.of(new Policy(false, 4, PERIOD), DOUBLE), TOLERANCE);
  static final ScalingRules DOWN =
      new ScalingRules(Duration.ofSeconds(300), Select.MAX, List.of(DOUBLE), TOLERANCE);

  ScalingRules {
    policies = List.copyOf(policies);
  }

  /** What they say; what they leave out is as otherwise. */
  static ScalingRules of(JsonNode rules, ScalingRules otherwise) {
    List<Policy> policies = new ArrayList<>();
    rules.path("policies").forEach(policy -> policies.add(Policy.of(policy)));
    Select select =
        switch (rules.path("selectPolicy").asString("")) {
          case "Disabled" -> Select.DISABLED;
          case "Min" -> Select.MIN;
          default -> Select.MAX;
        };
    JsonNode window = rules.path("stabilizationWindowSeconds");
    JsonNode tolerance = rules.path("tolerance");
    return new ScalingRules(
        window.isNumber() ? Duration.ofSeconds(window.asInt(0)) : otherwise.window(),
        select,
        policies.isEmpty() ? otherwise.policies() : policies,
        tolerance.isMissingNode()
            ? otherwise.tolerance()
            : Quantity.parse(tolerance.asString("0")).amount().doubleValue());
  }

  /** The longest of the periods. */
  Duration longest() {
    return policies.stream().map(Policy::period).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}

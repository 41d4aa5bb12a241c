package dev.argosy.server.policy;

import dev.argosy.model.metric.Metrics;

/** Measures what validating policies found against writes. */
final class PolicyMetrics {

  private static final double[] BOUNDS = {0.0000005, 0.001, 0.01, 0.1, 1.0};
  private static final String[] LABELS = {
    "policy", "policy_binding", "error_type", "enforcement_action"
  };

  private final Metrics.Family<Metrics.Counter> checks;
  private final Metrics.Family<Metrics.Histogram> durations;

  PolicyMetrics(Metrics metrics) {
    checks =
        metrics.counter(
            "apiserver_validating_admission_policy_check_total",
            "Validations that did not hold, by what was done about it.",
            LABELS);
    durations =
        metrics.histogram(
            "apiserver_validating_admission_policy_check_duration_seconds",
            "Time of validations that did not hold.",
            BOUNDS,
            LABELS);
  }

  /**
   * A validation did not hold.
   *
   * @param action deny, warn or audit
   */
  void failed(String policy, String binding, boolean error, String action, long nanos) {
    String type = error ? "invalid_error" : "no_error";
    checks.with(policy, binding, type, action).increment();
    durations.with(policy, binding, type, action).observe(nanos / 1e9);
  }
}

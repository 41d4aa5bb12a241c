package dev.argosy.server.webhook;

import dev.argosy.model.metric.Metrics;

/** Measures calls of admission webhooks. */
final class HookMetrics {

  private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 10, 25};

  private final Metrics.Family<Metrics.Histogram> durations;
  private final Metrics.Family<Metrics.Counter> failedOpen;

  HookMetrics(Metrics metrics) {
    durations =
        metrics.histogram(
            "apiserver_admission_webhook_admission_duration_seconds",
            "Time of calls of admission webhooks.",
            BOUNDS,
            "name",
            "type",
            "operation",
            "rejected");
    failedOpen =
        metrics.counter(
            "apiserver_admission_webhook_fail_open_total",
            "Writes that went on although a webhook could not be asked.",
            "name",
            "type");
  }

  void asked(Hook hook, boolean mutating, Bodies bodies, Answer answer, long nanos) {
    String type = mutating ? "admit" : "validating";
    boolean open = answer instanceof Answer.Unanswered && hook.failOpen();
    boolean rejected = !open && !(answer instanceof Answer.Allowed);
    durations
        .with(hook.name(), type, bodies.request().operation().name(), Boolean.toString(rejected))
        .observe(nanos / 1e9);
    if (open) {
      failedOpen.with(hook.name(), type).increment();
    }
  }
}

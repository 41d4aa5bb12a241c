package dev.argosy.controllers.runtime;

import dev.argosy.model.metric.Metrics;

/** Measures one controller's work, under the names of Kubernetes' work queues. */
public final class LoopMetrics {

  private static final double[] BOUNDS = {1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10};

  private final Metrics.Histogram work;
  private final Metrics.Counter retries;
  private final Metrics.Counter failures;

  /**
   * Of one controller.
   *
   * @param name the controller's
   */
  public LoopMetrics(Metrics metrics, String name) {
    work =
        metrics
            .histogram("workqueue_work_duration_seconds", "Time that a key is out.", BOUNDS, "name")
            .with(name);
    retries =
        metrics
            .counter("workqueue_retries_total", "Keys that come again after a failure.", "name")
            .with(name);
    failures =
        metrics
            .counter("argosy_controller_failures_total", "Keys that were given up.", "name")
            .with(name);
  }

  void done(Outcome outcome, long nanos) {
    work.observe(nanos / 1e9);
    switch (outcome) {
      case Outcome.Retry retry -> retries.increment();
      case Outcome.Failed failed -> failures.increment();
      case Outcome.Done done -> {}
      case Outcome.RequeueAfter later -> {}
    }
  }
}

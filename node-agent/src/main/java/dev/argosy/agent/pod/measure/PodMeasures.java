package dev.argosy.agent.pod.measure;

import dev.argosy.agent.metric.MetricText;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The measurements of all pods of a node. */
public final class PodMeasures {

  private static final double[] ROUND = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300
  };
  private static final double[] START = {
    .5, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 45, 60, 120, 180, 300
  };
  private static final List<String> LABELS =
      List.of("cluster", "namespace", "pod", "pod_uid", "container", "probe_type", "result");

  /** Probes of all pods of a node that is full many times over; further ones are not counted. */
  private static final int MOST = 5_000;

  private final Metrics.Family<Metrics.Histogram> rounds;
  private final Metrics.Histogram starts;
  private final Map<Answer, LongAdder> answers = new ConcurrentHashMap<>();

  /** A pod's probe, and what it said. */
  private record Answer(ObjectKey pod, String uid, String container, String kind, String result) {}

  public PodMeasures(Metrics metrics) {
    this.rounds =
        metrics.histogram(
            "kubelet_pod_worker_duration_seconds",
            "How long a round of a pod's worker took.",
            ROUND,
            "operation_type");
    this.starts =
        metrics
            .histogram(
                "kubelet_pod_start_duration_seconds",
                "From the first sight of a pod until all of its containers ran.",
                START)
            .with();
  }

  /** Measures nothing. */
  public static PodMeasures none() {
    return new PodMeasures(Metrics.none());
  }

  /**
   * A round of a pod's worker is over.
   *
   * @param operation {@code create}, {@code sync} or {@code terminate}
   */
  public void round(String operation, Duration took) {
    rounds.with(operation).observe(took.toNanos() / 1e9);
  }

  /** All containers of a pod run for the first time. */
  public void started(Duration took) {
    starts.observe(took.toNanos() / 1e9);
  }

  /** A probe was answered. */
  public void probed(ObjectKey pod, String uid, String container, String kind, boolean well) {
    Answer answer = new Answer(pod, uid, container, kind, well ? "successful" : "failed");
    if (answers.size() < MOST || answers.containsKey(answer)) {
      answers.computeIfAbsent(answer, a -> new LongAdder()).increment();
    }
  }

  /** A pod has left the node. */
  public void forget(String uid) {
    answers.keySet().removeIf(answer -> answer.uid.equals(uid));
  }

  /** Writes kubelet's {@code /metrics/probes}. */
  public void probes(MetricText text) {
    text.family("prober_probe_total", "counter", "Answers of probes, by what they were.");
    answers.forEach((answer, count) ->
        text.sample(
            "prober_probe_total",
            LABELS,
            List.of(
                answer.pod.cluster(),
                answer.pod.namespace(),
                answer.pod.name(),
                answer.uid,
                answer.container,
                answer.kind,
                answer.result),
            count.sum()));
  }
}

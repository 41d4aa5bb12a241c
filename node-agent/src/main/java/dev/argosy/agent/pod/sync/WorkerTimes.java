package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.view.PodView;
import java.time.Duration;
import java.time.Instant;

/** Measures the life of one pod; belongs to its worker's thread. */
final class WorkerTimes {

  private final PodNode node;
  private final Instant seen;
  private boolean looked;
  private boolean begins;
  private Instant began;

  WorkerTimes(PodNode node) {
    this.node = node;
    this.seen = node.steady().instant();
    this.began = seen;
  }

  void begin() {
    began = node.steady().instant();
  }

  void end(PodView pod) {
    String operation = pod.deletionTimestamp() != null ? "terminate" : begins ? "create" : "sync";
    node.measures().round(operation, Duration.between(began, node.steady().instant()));
  }

  /** A pod that runs when it is first looked at was begun by an agent before this one. */
  void saw(PodView pod, Observed observed) {
    if (!looked) {
      looked = true;
      begins = observed.sandbox().isEmpty();
    }
    if (begins && observed.running().size() >= pod.containers().size()) {
      begins = false;
      node.measures().started(Duration.between(seen, node.steady().instant()));
    }
  }
}

package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.status.PodStatus;
import dev.argosy.agent.pod.view.PodView;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The end of one pod because its machine goes down. Begun from outside; its worker does the rest.
 * Static pods are only stopped: they begin again with the machine.
 */
final class Shutdown {

  private final PodMemory memory;
  private final StatusReport status;
  private final Clock clock;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean begun;

  Shutdown(PodMemory memory, StatusReport status, Clock clock) {
    this.memory = memory;
    this.clock = clock;
    this.status = status;
  }

  CompletableFuture<Void> begin(Instant deadline) {
    memory.endBy(deadline);
    begun = true;
    return ended;
  }

  /**
   * Tells the API once, and who waits for the end; answers the pod as it was written, if it was.
   */
  Optional<PodView> follow(PodView pod, Observed observed) {
    if (!begun) {
      return Optional.empty();
    }
    boolean ends = !pod.terminal() && !pod.fromFile() && pod.deletionTimestamp() == null;
    Optional<PodView> written =
        ends ? status.write(pod, PodStatus.shutDown(pod, clock.instant())) : Optional.empty();
    if (observed.running().isEmpty()) {
      ended.complete(null);
    }
    return written;
  }

  /** The pod is gone. */
  void gone() {
    ended.complete(null);
  }
}

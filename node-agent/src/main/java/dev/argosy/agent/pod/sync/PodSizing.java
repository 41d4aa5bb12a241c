package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.resize.NodeRoom;
import dev.argosy.agent.pod.resize.Pending;
import dev.argosy.agent.pod.resize.PodRequest;
import dev.argosy.agent.pod.resize.PodSizes;
import dev.argosy.agent.pod.resize.SizeFile;
import dev.argosy.agent.pod.view.PodView;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks the node for what a pod's specification wants, and remembers what it got. Once made, only
 * its worker enters.
 */
final class PodSizing {

  /** How soon to ask again for what was not granted. */
  static final Duration RETRY = Duration.ofSeconds(5);

  private final NodeRoom room;
  private final SizeFile file;
  private final PodMemory memory;
  private final ResizeEvents events;
  private boolean known;
  private boolean inProgress;
  private boolean unsettled;

  /** Counts the pod at once: as it was granted before the agent began, or else as it is. */
  PodSizing(PodView pod, NodeRoom room, SizeFile file, PodMemory memory, ResizeEvents events) {
    this.room = room;
    this.file = file;
    this.memory = memory;
    this.events = events;
    Optional<PodSizes> saved = file.load();
    this.known = saved.isPresent();
    memory.sizes(saved.map(s -> s.withPending(Pending.in(pod.status()))).orElse(PodSizes.UNKNOWN));
    if (!pod.terminal()) {
      room.take(pod.uid(), PodRequest.of(granted(pod)));
    }
  }

  /** The pod with the resources that the node granted; all else is done by this view. */
  PodView granted(PodView pod) {
    return pod.withResources(memory.sizes().granted());
  }

  /** Whether the node is to be asked again soon. */
  boolean unsettled() {
    return unsettled;
  }

  /** Asks for what is wanted and not granted. */
  void consider(PodView pod, Observed observed) {
    unsettled = false;
    if (pod.terminal()) {
      free(pod);
      return;
    }
    if (pod.deletionTimestamp() != null) {
      return;
    }
    if (!known) {
      known = true;
      change(memory.sizes().grant(pod).adopt(pod, observed.running()));
    } else if (memory.sizes().granted().equals(PodSizes.wanted(pod))) {
      memory.sizes(memory.sizes().withPending(Optional.empty()));
    } else {
      ask(pod);
    }
    follow(pod, observed);
  }

  private void ask(PodView pod) {
    if (!room.complete()) {
      unsettled = true;
      return;
    }
    Optional<Pending> refusal = room.resize(pod.uid(), PodRequest.of(pod));
    if (refusal.isEmpty()) {
      pod.all().forEach(c -> memory.fine(Recall.resizing(c.name())));
      change(memory.sizes().grant(pod));
      return;
    }
    unsettled = true;
    if (!refusal.equals(memory.sizes().pending())) {
      events.pending(pod, refusal.get());
    }
    memory.sizes(memory.sizes().withPending(refusal));
  }

  /** Tells when containers begin to come to their new sizes, and when all have. */
  private void follow(PodView pod, Observed observed) {
    boolean now = memory.sizes().inProgress(pod, observed.running());
    if (now && !inProgress) {
      events.started(granted(pod), memory.sizes().generation());
    } else if (inProgress && !now) {
      events.completed(granted(pod), memory.sizes().generation());
    }
    inProgress = now;
  }

  /** The engine was told. */
  void given(String containerId, JsonNode resources) {
    change(memory.sizes().withGiven(containerId, resources));
  }

  private void change(PodSizes sizes) {
    memory.sizes(sizes);
    file.save(sizes);
  }

  void free(PodView pod) {
    room.free(pod.uid());
  }
}

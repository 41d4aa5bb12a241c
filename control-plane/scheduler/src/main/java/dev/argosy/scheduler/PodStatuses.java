package dev.argosy.scheduler;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.pod.PodView;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells pods why they wait. Any thread. */
final class PodStatuses {

  private static final Logger LOG = LoggerFactory.getLogger(PodStatuses.class);

  private final ApiClient client;
  private final EventRecorder events;
  private final Background background;
  private final Clock clock;

  PodStatuses(ApiClient client, EventRecorder events, Background background, Clock clock) {
    this.client = client;
    this.events = events;
    this.background = background;
    this.clock = clock;
  }

  /**
   * Says why the pod waits: an event, its condition PodScheduled, and the node where room is made
   * for it, if any. With the condition, and only then, an annotation says it for programs.
   *
   * @param detail that annotation; empty if there is none
   */
  void tell(PodView pod, String message, String detail, String nominated) {
    if (!message.isEmpty()) {
      events.warning(pod.subject(), "FailedScheduling", message);
    }
    if (!pod.told().equals(message) || !pod.rank().nominated().equals(nominated)) {
      background.run(() -> tellNow(pod, message, detail, nominated));
    }
  }

  private void tellNow(PodView pod, String message, String detail, String nominated) {
    ObjectNode patch = Json.object();
    ObjectNode metadata = patch.putObject("metadata").put("uid", pod.uid());
    if (!message.isEmpty() && !pod.told().equals(message)) {
      metadata
          .putObject("annotations")
          .put(Unschedulable.ANNOTATION, detail.isEmpty() ? null : detail);
    }
    ObjectNode status = patch.putObject("status");
    if (!pod.rank().nominated().equals(nominated)) {
      status.put("nominatedNodeName", nominated.isEmpty() ? null : nominated);
    }
    if (!message.isEmpty()) {
      condition(pod, status, "PodScheduled", "False", "Unschedulable", message);
    }
    write(pod, patch);
  }

  /** Adds a condition that is so from now on, of the pod as it was looked at. */
  void condition(
      PodView pod, ObjectNode status, String type, String value, String reason, String message) {
    ObjectNode condition = status.putArray("conditions").addObject();
    if (pod.state().generation() > 0) {
      condition.put("observedGeneration", pod.state().generation());
    }
    condition
        .put("type", type)
        .put("status", value)
        .put("reason", reason)
        .put("message", message)
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Changes the pod, for its status; what cannot be written is not. */
  void write(PodView pod, ObjectNode patch) {
    try {
      if (client.patch(pod.key(), "status", Patch.strategic(patch))
          instanceof ApiResult.Refused<ApiObject>(Status status)) {
        LOG.debug("{}: status refused: {}", pod.key(), status.message());
      }
    } catch (RuntimeException e) {
      LOG.warn("{}: status not written: {}", pod.key(), e.toString());
    }
  }
}

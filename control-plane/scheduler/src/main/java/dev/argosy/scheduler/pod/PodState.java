package dev.argosy.scheduler.pod;

import dev.argosy.model.object.ApiObject;
import tools.jackson.databind.JsonNode;

/**
 * Where a pod is in its life.
 *
 * @param ended whether it has succeeded or failed and takes nothing any more
 * @param succeeded whether it has ended well
 * @param gated whether it must not be scheduled yet
 * @param ours whether this scheduler is to bind it
 */
public record PodState(
    boolean ended, boolean succeeded, boolean deleting, boolean gated, boolean ours) {

  static PodState of(ApiObject pod, JsonNode spec, JsonNode status) {
    String phase = status.path("phase").asString("");
    return new PodState(
        phase.equals("Succeeded") || phase.equals("Failed"),
        phase.equals("Succeeded"),
        pod.meta().deleting(),
        !spec.path("schedulingGates").isEmpty(),
        spec.path("schedulerName").asString(PodView.SCHEDULER).equals(PodView.SCHEDULER));
  }

  boolean waiting() {
    return !ended && !deleting && !gated && ours;
  }
}

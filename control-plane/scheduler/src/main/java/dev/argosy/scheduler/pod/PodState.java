package dev.argosy.scheduler.pod;

import dev.argosy.model.object.ApiObject;
import tools.jackson.databind.JsonNode;

/**
 * Where a pod is in its life.
 *
 * @param ended whether it has succeeded or failed and takes nothing any more
 * @param succeeded whether it has ended well
 * @param gated whether it must not be scheduled yet
 * @param scheduler the name of the scheduler that is to bind it
 * @param ours whether that is this one
 * @param generation of its spec; 0 if it does not say
 */
public record PodState(
    boolean ended,
    boolean succeeded,
    boolean deleting,
    boolean gated,
    String scheduler,
    boolean ours,
    long generation) {

  static PodState of(ApiObject pod, JsonNode spec, JsonNode status) {
    String phase = status.path("phase").asString("");
    String scheduler = spec.path("schedulerName").asString(PodView.SCHEDULER);
    return new PodState(
        phase.equals("Succeeded") || phase.equals("Failed"),
        phase.equals("Succeeded"),
        pod.meta().deleting(),
        !spec.path("schedulingGates").isEmpty(),
        scheduler,
        scheduler.equals(PodView.SCHEDULER),
        pod.meta().generation());
  }

  public PodState with(boolean isOurs) {
    return new PodState(ended, succeeded, deleting, gated, scheduler, isOurs, generation);
  }

  boolean waiting() {
    return !ended && !deleting && !gated && ours;
  }
}

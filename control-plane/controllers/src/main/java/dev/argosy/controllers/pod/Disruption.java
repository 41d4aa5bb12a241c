package dev.argosy.controllers.pod;

import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why the platform ends a pod, as the pod's own status tells it.
 *
 * @param reason of the condition {@code DisruptionTarget}
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions">
 *     Pod disruption conditions</a>
 */
public record Disruption(String reason, String message) {

  /** A patch of the pod's status that says so. */
  public Patch of(PodView pod, Instant now) {
    return Patch.strategic(tree(pod, now));
  }

  /** A patch that says so of a pod that will never be heard of again. */
  public Patch ofLost(PodView pod, Instant now) {
    ObjectNode tree = tree(pod, now);
    tree.withObject("/status").put("phase", "Failed");
    return Patch.strategic(tree);
  }

  /** A patch of the pod's status that takes back what was said. */
  public static Patch takenBack(PodView pod, Instant now) {
    ObjectNode tree = new Disruption("", "").tree(pod, now);
    ObjectNode condition = (ObjectNode) tree.at("/status/conditions/0");
    condition.put("status", "False").putNull("reason").putNull("message");
    return Patch.strategic(tree);
  }

  private ObjectNode tree(PodView pod, Instant now) {
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("uid", pod.uid());
    tree.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", reason)
        .put("message", message)
        .put("lastTransitionTime", now.toString());
    return tree;
  }
}

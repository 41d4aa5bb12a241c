package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView.RestartPolicy;
import tools.jackson.databind.JsonNode;

/**
 * Whether a container that ended begins again: by the first of its rules that knows its exit code,
 * or else by its own policy, or else by its pod's. Pure.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod
 *     lifecycle</a>
 */
public final class Restarts {

  private Restarts() {}

  /** An init container that ended well has done what it was for, whatever the policy. */
  public static boolean follows(ContainerView container, RestartPolicy ofPod, int exitCode) {
    if (container.ephemeral()) {
      return false;
    }
    if (container.sidecar()) {
      return true;
    }
    if (container.init() && exitCode == 0) {
      return false;
    }
    return ruled(container.tree().path("restartPolicyRules"), exitCode)
        || switch (container.restartPolicy().orElse(ofPod)) {
          case ALWAYS -> true;
          case ON_FAILURE -> exitCode != 0;
          case NEVER -> false;
        };
  }

  private static boolean ruled(JsonNode rules, int exitCode) {
    return rules
        .valueStream()
        .map(rule -> rule.path("exitCodes"))
        .anyMatch(codes -> {
          boolean listed =
              codes.path("values").valueStream().anyMatch(v -> v.asInt(-1) == exitCode);
          return switch (codes.path("operator").asString("")) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            default -> false;
          };
        });
  }
}

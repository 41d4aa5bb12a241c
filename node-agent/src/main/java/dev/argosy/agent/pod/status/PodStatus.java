package dev.argosy.agent.pod.status;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.plan.PodOutcome;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the status of a pod. */
public final class PodStatus {

  private PodStatus() {}

  /**
   * The part of the status that differs from the pod's present one; empty if nothing does. What a
   * pod that has ended was is not forgotten with its containers.
   */
  public static Optional<ObjectNode> change(PodSituation situation) {
    if (situation.pod().terminal() && situation.observed().containers().isEmpty()) {
      return Optional.empty(); // nothing is left that could say more
    }
    ObjectNode wanted = of(situation);
    JsonNode present = situation.pod().status();
    ObjectNode change = Json.object();
    wanted
        .properties()
        .forEach(e -> {
          if (!Json.same(e.getValue(), present.path(e.getKey()))) {
            change.set(e.getKey(), e.getValue());
          }
        });
    return change.isEmpty() ? Optional.empty() : Optional.of(change);
  }

  /** What a pod that is never begun gets. */
  public static ObjectNode refused(PodView pod, String reason, String message) {
    return Json.object()
        .put("phase", "Failed")
        .put("reason", reason)
        .put("message", message)
        .put("observedGeneration", pod.generation());
  }

  /** What a pod gets that is ended because its machine goes down. */
  public static ObjectNode shutDown(PodView pod, Instant now) {
    String message = "Pod was terminated in response to imminent node shutdown.";
    ObjectNode status =
        Json.object().put("phase", "Failed").put("reason", "Terminated").put("message", message);
    ArrayNode conditions = status.putArray("conditions");
    for (JsonNode condition : pod.status().path("conditions")) {
      if (!condition.path("type").asString("").equals("DisruptionTarget")) {
        conditions.add(condition.deepCopy());
      }
    }
    ObjectNode target = conditions.addObject();
    target.putNull("lastProbeTime");
    target.put("lastTransitionTime", time(now)).put("message", message);
    target.put("observedGeneration", pod.generation()).put("reason", "TerminationByKubelet");
    target.put("status", "True").put("type", "DisruptionTarget");
    return status;
  }

  static ObjectNode of(PodSituation situation) {
    PodView pod = situation.pod();
    ContainerStatuses containers = new ContainerStatuses(situation);
    ObjectNode status = Json.object();
    status.put("phase", phase(situation));
    if (!pod.terminal() && phase(situation).equals("Failed") && overdue(situation)) {
      status.put("reason", "DeadlineExceeded");
      status.put("message", "Pod was active on the node longer than the specified deadline");
    }
    ended(situation)
        .ifPresent(word -> status.put("reason", word.reason()).put("message", word.message()));
    status.put("observedGeneration", pod.generation());
    status.set("conditions", new PodConditions(situation).all());
    status.put("hostIP", situation.hostIp());
    status.putArray("hostIPs").addObject().put("ip", situation.hostIp());
    if (!situation.podIp().isEmpty()) {
      status.put("podIP", situation.podIp());
      status.putArray("podIPs").addObject().put("ip", situation.podIp());
    }
    String since = pod.status().path("startTime").asString("");
    status.put("startTime", since.isEmpty() ? time(situation.now()) : since);
    if (!pod.initContainers().isEmpty()) {
      status.set("initContainerStatuses", containers.of(pod.initContainers()));
    }
    status.set("containerStatuses", containers.of(pod.containers()));
    List<ContainerView> ephemeral = pod.ephemeralContainers();
    if (!ephemeral.isEmpty()) {
      status.set("ephemeralContainerStatuses", containers.of(ephemeral));
    }
    return status;
  }

  static String phase(PodSituation situation) {
    PodView pod = situation.pod();
    if (pod.terminal()) {
      return pod.status().path("phase").asString("");
    }
    if (ended(situation).isPresent()) {
      return "Failed";
    }
    return switch (PodOutcome.of(pod, situation.observed(), situation.recall())) {
      case SUCCEEDED -> "Succeeded";
      case FAILED -> "Failed";
      case UNDECIDED ->
          overdue(situation) ? "Failed" : allStarted(situation) ? "Running" : "Pending";
    };
  }

  /** The node's word by which the pod has come to its end, which is when nothing runs any more. */
  static Optional<Verdict> ended(PodSituation situation) {
    PodView pod = situation.pod();
    boolean open = !pod.terminal() && pod.deletionTimestamp() == null;
    return open && situation.observed().running().isEmpty()
        ? situation.recall().verdict()
        : Optional.empty();
  }

  /** Whether its time ran out before it came to an end by itself. */
  private static boolean overdue(PodSituation situation) {
    return situation.pod().overdue(situation.now())
        && !PodOutcome.of(situation.pod(), situation.observed(), situation.recall()).ended();
  }

  private static boolean allStarted(PodSituation situation) {
    return situation.pod().containers().stream()
        .map(ContainerView::name)
        .allMatch(name ->
            situation.observed().attempts(name).stream()
                .anyMatch(c -> !(c.state() instanceof Container.Created)));
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

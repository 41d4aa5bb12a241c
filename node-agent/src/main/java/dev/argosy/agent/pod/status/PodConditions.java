package dev.argosy.agent.pod.status;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code status.conditions}; those of others (readiness gates) are kept as they are. */
final class PodConditions {

  private static final String DISRUPTION = "DisruptionTarget";
  private static final Set<String> OWN =
      Set.of(
          "PodReadyToStartContainers",
          "Initialized",
          "Ready",
          "ContainersReady",
          "PodScheduled",
          "PodResizePending",
          "PodResizeInProgress");

  private final PodSituation situation;
  private final PodView pod;
  private final Observed observed;
  private final ArrayNode conditions = Json.mapper().createArrayNode();

  PodConditions(PodSituation situation) {
    this.situation = situation;
    this.pod = situation.pod();
    this.observed = situation.observed();
  }

  ArrayNode all() {
    String phase = PodStatus.phase(situation);
    boolean completed = phase.equals("Succeeded");
    String ended = completed ? "PodCompleted" : phase.equals("Failed") ? "PodFailed" : "";
    List<String> unready = unready();
    List<String> incomplete = names(pod.initContainers(), this::incomplete);
    boolean network = observed.sandbox().isPresent() && !situation.podIp().isEmpty();
    put("PodReadyToStartContainers", network, "", "");
    put(
        "Initialized",
        incomplete.isEmpty(),
        completed ? "PodCompleted" : incomplete.isEmpty() ? "" : "ContainersNotInitialized",
        incomplete.isEmpty() ? "" : "containers with incomplete status: " + list(incomplete));
    boolean plain = ended.isEmpty() && !unready.isEmpty();
    String why = plain ? "ContainersNotReady" : ended;
    String message = plain ? "containers with unready status: " + list(unready) : "";
    boolean ready = ended.isEmpty() && unready.isEmpty();
    List<String> gates = closedGates();
    if (ready && !gates.isEmpty()) {
      put(
          "Ready",
          false,
          "ReadinessGatesNotReady",
          "corresponding condition of pod readiness gate "
              + gates
              + " does not exist or is not true.");
    } else {
      put("Ready", ready, why, message);
    }
    put("ContainersReady", ready, why, message);
    put("PodScheduled", true, "", "");
    if (!pod.terminal() && pod.deletionTimestamp() == null) {
      resizing(situation.recall());
    }
    Optional<String> disruption =
        PodStatus.ended(situation).filter(Verdict::disruption).map(Verdict::message);
    disruption.ifPresent(told -> put(DISRUPTION, true, "TerminationByKubelet", told));
    for (JsonNode other : pod.status().path("conditions")) {
      String type = other.path("type").asString("");
      if (!OWN.contains(type) && !(disruption.isPresent() && type.equals(DISRUPTION))) {
        conditions.add(other.deepCopy());
      }
    }
    return conditions;
  }

  private void resizing(Recall recall) {
    recall
        .sizes()
        .pending()
        .ifPresent(why -> put("PodResizePending", true, why.reason(), why.message()));
    if (!recall.sizes().inProgress(pod, observed.running())) {
      return;
    }
    String trouble =
        pod.all().stream()
            .map(c -> recall.troubles().get(Recall.resizing(c.name())))
            .filter(Objects::nonNull)
            .map(Recall.Trouble::message)
            .collect(Collectors.joining(", "));
    put("PodResizeInProgress", true, trouble.isEmpty() ? "" : "Error", trouble)
        .put("observedGeneration", recall.sizes().generation());
  }

  private static String list(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static List<String> names(
      List<ContainerView> containers, java.util.function.Predicate<ContainerView> which) {
    return containers.stream().filter(which).map(ContainerView::name).toList();
  }

  /** Sidecars count; they are named before the others, as kubelet does. */
  private List<String> unready() {
    List<ContainerView> sidecars =
        pod.initContainers().stream().filter(ContainerView::sidecar).toList();
    return Stream.of(sidecars, pod.containers())
        .flatMap(all -> names(all, this::unready).stream())
        .toList();
  }

  private boolean unready(ContainerView container) {
    return observed.newest(container.name()).filter(situation::ready).isEmpty();
  }

  private boolean incomplete(ContainerView init) {
    return observed
        .newest(init.name())
        .filter(c -> init.sidecar() ? started(c) : succeeded(c))
        .isEmpty();
  }

  private boolean started(Container container) {
    return container.state() instanceof Container.Running
        && situation.recall().started().contains(container.id());
  }

  private static boolean succeeded(Container container) {
    return container.state() instanceof Container.Exited exited && exited.exitCode() == 0;
  }

  private List<String> closedGates() {
    return pod.spec()
        .path("readinessGates")
        .valueStream()
        .map(gate -> gate.path("conditionType").asString(""))
        .filter(type -> !present(type).path("status").asString("").equals("True"))
        .toList();
  }

  private JsonNode present(String type) {
    return pod.status()
        .path("conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals(type))
        .findFirst()
        .orElse(Json.object());
  }

  private ObjectNode put(String type, boolean holds, String reason, String message) {
    JsonNode before = present(type);
    String status = holds ? "True" : "False";
    boolean same = before.path("status").asString("").equals(status);
    ObjectNode condition = conditions.addObject();
    condition.put(
        "lastTransitionTime",
        same ? before.path("lastTransitionTime").asString("") : PodStatus.time(situation.now()));
    if (!message.isEmpty()) {
      condition.put("message", message);
    }
    condition.put("observedGeneration", pod.generation());
    if (!reason.isEmpty()) {
      condition.put("reason", reason);
    }
    return condition.put("status", status).put("type", type);
  }
}

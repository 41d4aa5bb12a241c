package dev.argosy.agent.pod.status;

import dev.argosy.agent.pod.plan.BackOff;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.plan.Restarts;
import dev.argosy.agent.pod.resize.PodSizes;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerUser;
import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code containerStatuses} and {@code initContainerStatuses}. */
final class ContainerStatuses {

  private final PodSituation situation;

  ContainerStatuses(PodSituation situation) {
    this.situation = situation;
  }

  ArrayNode of(List<ContainerView> containers) {
    ArrayNode statuses = Json.mapper().createArrayNode();
    containers.forEach(c -> statuses.add(of(c)));
    return statuses;
  }

  private ObjectNode of(ContainerView container) {
    List<Container> attempts = situation.observed().attempts(container.name());
    @Nullable Container newest = attempts.isEmpty() ? null : attempts.getFirst();
    boolean waitsForRestart = newest != null && waitsForRestart(container, newest);
    ObjectNode status = Json.object();
    if (newest != null) {
      resources(status, container, newest);
      status.put("containerID", id(newest));
    }
    status.put("image", container.image());
    status.put("imageID", newest == null ? "" : newest.imageId());
    status.set("lastState", lastState(attempts, waitsForRestart));
    status.put("name", container.name());
    status.put("ready", newest != null && ready(container, newest));
    status.put("restartCount", newest == null ? 0 : Observed.attempt(newest));
    status.put(
        "started",
        newest != null
            && newest.state() instanceof Container.Running
            && (situation.recall().started().contains(newest.id()) || plainInit(container)));
    status.set("state", state(container, newest, waitsForRestart));
    String signal = container.tree().path("lifecycle").path("stopSignal").asString("");
    if (newest != null && !signal.isEmpty()) {
      status.put("stopSignal", signal);
    }
    ContainerUser user = newest == null ? null : newest.user();
    if (user != null) {
      MountStatuses.put(status, user);
    }
    MountStatuses.put(status, container);
    return status;
  }

  /** What it was granted, and what the engine has been told; the same once it has ended. */
  private void resources(ObjectNode status, ContainerView container, Container newest) {
    if (container.ephemeral()) {
      return;
    }
    PodSizes sizes = situation.recall().sizes();
    JsonNode granted = sizes.granted(container);
    JsonNode requests = granted.path("requests");
    if (!requests.isEmpty()) {
      status.set("allocatedResources", requests);
    }
    boolean running = newest.state() instanceof Container.Running;
    status.set("resources", running ? sizes.given(container, newest) : granted);
  }

  private static boolean plainInit(ContainerView container) {
    return container.init() && !container.sidecar();
  }

  private boolean ready(ContainerView container, Container newest) {
    if (container.ephemeral()) {
      return false;
    }
    return plainInit(container)
        ? newest.state() instanceof Container.Exited exited && exited.exitCode() == 0
        : situation.ready(newest);
  }

  private boolean waitsForRestart(ContainerView container, Container newest) {
    if (container.ephemeral()
        || !(newest.state() instanceof Container.Exited exited)
        || situation.pod().deletionTimestamp() != null
        || situation.pod().terminal()) {
      return false;
    }
    boolean inTrouble = situation.recall().troubles().containsKey(container.name());
    return Restarts.follows(container, situation.pod().restartPolicy(), exited.exitCode())
        && (inTrouble || !delay(newest).isZero());
  }

  private static java.time.Duration delay(Container newest) {
    int step = Integer.parseInt(newest.labels().getOrDefault(Observed.STEP, "0"));
    return BackOff.afterFailures(step);
  }

  private ObjectNode lastState(List<Container> attempts, boolean waitsForRestart) {
    ObjectNode last = Json.object();
    Optional<Container> ended =
        attempts.stream()
            .skip(waitsForRestart ? 0 : 1)
            .filter(c -> c.state() instanceof Container.Exited)
            .findFirst();
    ended.ifPresent(c -> last.set("terminated", terminated(c, (Container.Exited) c.state())));
    return last;
  }

  private ObjectNode state(
      ContainerView container, @Nullable Container newest, boolean waitsForRestart) {
    ObjectNode state = Json.object();
    Recall.Trouble trouble = situation.recall().troubles().get(container.name());
    if (newest != null && newest.state() instanceof Container.Running(var startedAt, int _)) {
      state.putObject("running").put("startedAt", PodStatus.time(startedAt));
    } else if (trouble != null && (neverRan(newest) || waitsForRestart)) {
      waiting(state, trouble.reason(), trouble.message());
    } else if (newest != null && waitsForRestart) {
      waiting(state, "CrashLoopBackOff", crashMessage(container, newest));
    } else if (newest != null && newest.state() instanceof Container.Exited exited) {
      state.set("terminated", terminated(newest, exited));
    } else {
      waiting(state, creating(), "");
    }
    return state;
  }

  private static boolean neverRan(@Nullable Container newest) {
    return newest == null || newest.state() instanceof Container.Created;
  }

  private String creating() {
    return situation.pod().initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
  }

  private String crashMessage(ContainerView container, Container newest) {
    return "back-off %s restarting failed container=%s pod=%s_%s(%s)"
        .formatted(
            text(delay(newest)),
            container.name(),
            situation.pod().key().name(),
            situation.pod().key().namespace(),
            situation.pod().uid());
  }

  /** As Go prints durations: {@code 40s}, {@code 2m40s}. */
  private static String text(java.time.Duration duration) {
    long minutes = duration.toMinutes();
    return (minutes > 0 ? minutes + "m" : "") + duration.toSecondsPart() + "s";
  }

  private static void waiting(ObjectNode state, String reason, String message) {
    ObjectNode waiting = state.putObject("waiting");
    if (!message.isEmpty()) {
      waiting.put("message", message);
    }
    waiting.put("reason", reason);
  }

  private ObjectNode terminated(Container container, Container.Exited exited) {
    ObjectNode terminated = Json.object();
    terminated.put("containerID", id(container)).put("exitCode", exited.exitCode());
    terminated.put("finishedAt", PodStatus.time(exited.finishedAt()));
    String message = situation.messages().getOrDefault(container.id(), exited.message());
    if (!message.isEmpty()) {
      terminated.put("message", message);
    }
    terminated.put("reason", reason(exited));
    terminated.put("startedAt", PodStatus.time(exited.startedAt()));
    return terminated;
  }

  private static String reason(Container.Exited exited) {
    if (exited.oomKilled()) {
      return "OOMKilled";
    }
    if (!exited.message().isEmpty() && exited.startedAt().equals(exited.finishedAt())) {
      return "StartError";
    }
    return exited.exitCode() == 0 ? "Completed" : "Error";
  }

  private String id(Container container) {
    return situation.engine() + "://" + container.id();
  }
}

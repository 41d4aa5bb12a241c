package dev.argosy.bench.nodes;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Words the status of a pod as an agent does; each result is to be merged into the present one. */
final class PodWords {

  private static final Set<String> OWN =
      Set.of(
          "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");
  private static final String ID = "fake://";

  private final ApiObject pod;
  private final JsonNode tree;
  private final String hostIp;
  private final String podIp;
  private final String now;

  /**
   * For one pod at one time.
   *
   * @param podIp the one that it gets if it has none yet
   */
  PodWords(ApiObject pod, String hostIp, String podIp, Instant now) {
    this.pod = pod;
    this.tree = pod.content();
    this.hostIp = hostIp;
    String had = tree.at("/status/podIP").asString("");
    boolean host = tree.at("/spec/hostNetwork").asBoolean(false);
    this.podIp = host ? hostIp : had.isEmpty() ? podIp : had;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Nothing has been started yet. */
  ObjectNode creating() {
    return waiting("ContainerCreating", "");
  }

  /** An image is not to be had. */
  ObjectNode unpulled(String reason, String image) {
    return waiting(
        reason,
        reason.equals("ErrImagePull")
            ? "rpc error: code = NotFound desc = failed to pull image \"" + image + "\": not found"
            : "Back-off pulling image \"" + image + "\"");
  }

  private ObjectNode waiting(String reason, String message) {
    ObjectNode status = status("Pending", false, "ContainersNotReady", false);
    containers(
        status,
        0,
        false,
        container -> {
          ObjectNode waiting = container.putObject("state").putObject("waiting");
          waiting.put("reason", reason);
          if (!message.isEmpty()) {
            waiting.put("message", message);
          }
        });
    return status;
  }

  /** All containers run. */
  ObjectNode running(int restarts, boolean ready) {
    ObjectNode status = status("Running", ready, ready ? "" : "ContainersNotReady", true);
    JsonNode before = tree.at("/status/containerStatuses/0");
    String since =
        before.path("restartCount").asInt(0) == restarts
            ? before.at("/state/running/startedAt").asString(now)
            : now;
    containers(
        status,
        restarts,
        ready,
        container -> container.putObject("state").putObject("running").put("startedAt", since));
    return status;
  }

  /** They ended and will be started again. */
  ObjectNode crashed(int restarts, int code) {
    ObjectNode status = status("Running", false, "ContainersNotReady", true);
    containers(
        status,
        restarts,
        false,
        container -> {
          ObjectNode waiting = container.putObject("state").putObject("waiting");
          waiting.put("reason", "CrashLoopBackOff").put("message", "back-off restarting container");
          terminated(container.putObject("lastState").putObject("terminated"), code);
        });
    return status;
  }

  /** They ended, and so has the pod. */
  ObjectNode ended(int restarts, int code) {
    boolean good = code == 0;
    ObjectNode status =
        status(
            good ? "Succeeded" : "Failed",
            false,
            good ? "PodCompleted" : "ContainersNotReady",
            true);
    containers(
        status,
        restarts,
        false,
        container -> terminated(container.putObject("state").putObject("terminated"), code));
    return status;
  }

  private void terminated(ObjectNode state, int code) {
    String since = tree.at("/status/containerStatuses/0/state/running/startedAt").asString(now);
    state.put("exitCode", code).put("reason", code == 0 ? "Completed" : "Error");
    state.put("startedAt", since).put("finishedAt", now);
  }

  private ObjectNode status(String phase, boolean ready, String why, boolean started) {
    ObjectNode status = Json.object().put("phase", phase).put("hostIP", hostIp);
    status.put("observedGeneration", pod.meta().generation());
    status.putArray("hostIPs").addObject().put("ip", hostIp);
    status.put("startTime", tree.at("/status/startTime").asString(now));
    if (started) {
      status.put("podIP", podIp).putArray("podIPs").addObject().put("ip", podIp);
    }
    ArrayNode conditions = status.putArray("conditions");
    condition(conditions, "PodReadyToStartContainers", started, "");
    condition(conditions, "Initialized", started || noInit(), "");
    condition(conditions, "Ready", ready && gatesOpen(), ready ? gateReason() : why);
    condition(conditions, "ContainersReady", ready, why);
    condition(conditions, "PodScheduled", true, "");
    for (JsonNode other : tree.at("/status/conditions")) {
      if (!OWN.contains(other.path("type").asString(""))) {
        conditions.add(other.deepCopy());
      }
    }
    return status;
  }

  private boolean noInit() {
    return tree.at("/spec/initContainers").isEmpty();
  }

  private String gateReason() {
    return gatesOpen() ? "" : "ReadinessGatesNotReady";
  }

  private boolean gatesOpen() {
    return tree.at("/spec/readinessGates")
        .valueStream()
        .map(gate -> gate.path("conditionType").asString(""))
        .allMatch(type -> present(type).path("status").asString("").equals("True"));
  }

  /** Whether somebody else has said that it is not ready, or it could not be before. */
  boolean wronglyUnready() {
    return gatesOpen() && !present("Ready").path("status").asString("").equals("True");
  }

  private JsonNode present(String type) {
    return tree.at("/status/conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals(type))
        .findFirst()
        .orElse(Json.object());
  }

  private void condition(ArrayNode all, String type, boolean holds, String reason) {
    JsonNode before = present(type);
    String status = holds ? "True" : "False";
    boolean same = before.path("status").asString("").equals(status);
    ObjectNode condition = all.addObject().put("type", type).put("status", status);
    condition.put(
        "lastTransitionTime", same ? before.path("lastTransitionTime").asString(now) : now);
    if (!reason.isEmpty()) {
      condition.put("reason", reason);
    }
  }

  private void containers(
      ObjectNode status, int restarts, boolean ready, Consumer<ObjectNode> state) {
    ArrayNode list = status.putArray("containerStatuses");
    for (JsonNode container : tree.at("/spec/containers")) {
      ObjectNode one = list.addObject();
      String name = container.path("name").asString("");
      one.put("name", name).put("image", container.path("image").asString(""));
      one.put("imageID", "").put("restartCount", restarts).put("ready", ready);
      state.accept(one);
      boolean runs = one.path("state").has("running");
      one.put("started", runs);
      one.put("containerID", ID + pod.meta().uid() + "/" + name + "/" + restarts);
      if (!one.has("lastState")) {
        lastState(one, name);
      }
    }
    if (status.path("phase").asString("").equals("Pending") || noInit()) {
      return;
    }
    ArrayNode init = status.putArray("initContainerStatuses");
    for (JsonNode container : tree.at("/spec/initContainers")) {
      ObjectNode one = init.addObject().put("name", container.path("name").asString(""));
      one.put("image", container.path("image").asString("")).put("imageID", "");
      one.put("restartCount", 0).put("ready", true).put("started", false);
      terminated(one.putObject("state").putObject("terminated"), 0);
    }
  }

  /** How a container ended the last time is told on. */
  private void lastState(ObjectNode one, String name) {
    tree.at("/status/containerStatuses")
        .valueStream()
        .filter(c -> c.path("name").asString("").equals(name))
        .map(c -> c.path("lastState"))
        .filter(last -> last.isObject() && !last.isEmpty())
        .findFirst()
        .ifPresent(last -> one.set("lastState", last.deepCopy()));
  }
}

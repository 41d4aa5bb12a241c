package dev.argosy.model.schema.print;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code kubectl get pods} says about a pod: READY, STATUS, RESTARTS. The order of the steps
 * decides which of several reasons is shown.
 */
public final class PodSummary {

  private final JsonNode pod;
  private final JsonNode status;
  private final Set<String> sidecars = new HashSet<>();
  private String reason;
  private int ready;
  private int total;
  private long restarts;
  private long sidecarRestarts;
  private @Nullable Instant lastRestart;
  private @Nullable Instant lastSidecarRestart;

  private PodSummary(JsonNode pod) {
    this.pod = pod;
    this.status = pod.path("status");
    this.reason = Cells.text(status.path("reason"), status.path("phase").asString(""));
  }

  public static PodSummary of(JsonNode pod) {
    PodSummary summary = new PodSummary(pod);
    summary.compute();
    return summary;
  }

  /** The word under STATUS. */
  public String reason() {
    return reason;
  }

  /** {@code ready/total}. */
  public String readyText() {
    return ready + "/" + total;
  }

  /** The sum, and when the last restart was. */
  public String restartsText(Instant now) {
    return restarts().at(now).toString();
  }

  /** The same as a function of the time, which does not hold the pod. */
  Row.Timed restarts() {
    long count = restarts;
    Instant last = lastRestart;
    return count == 0 || last == null
        ? now -> Long.toString(count)
        : now -> count + " (" + Ages.human(Duration.between(last, now)) + " ago)";
  }

  private void compute() {
    JsonNode spec = pod.path("spec");
    total = spec.path("containers").size();
    for (JsonNode container : spec.path("initContainers")) {
      if (container.path("restartPolicy").asString("").equals("Always")) {
        sidecars.add(container.path("name").asString(""));
        total++;
      }
    }
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("PodScheduled")
          && condition.path("reason").asString("").equals("SchedulingGated")) {
        reason = "SchedulingGated";
      }
    }
    boolean initializing = initContainers();
    if (!initializing || conditionTrue(status, "Initialized")) {
      restarts = sidecarRestarts;
      lastRestart = lastSidecarRestart;
      containers();
    }
    deletion();
  }

  /** Walks the init containers; answers whether one of them is not done. */
  private boolean initContainers() {
    JsonNode statuses = status.path("initContainerStatuses");
    int count = pod.path("spec").path("initContainers").size();
    for (int i = 0; i < statuses.size(); i++) {
      JsonNode container = statuses.get(i);
      boolean sidecar = sidecars.contains(container.path("name").asString(""));
      countRestarts(container, sidecar);
      JsonNode terminated = container.path("state").path("terminated");
      if (!terminated.isMissingNode() && terminated.path("exitCode").asInt(0) == 0) {
        continue;
      }
      if (sidecar && container.path("started").asBoolean(false)) {
        ready += container.path("ready").asBoolean(false) ? 1 : 0;
        continue;
      }
      reason = "Init:" + initReason(container, i + "/" + count);
      return true;
    }
    return false;
  }

  private static String initReason(JsonNode container, String progress) {
    JsonNode terminated = container.path("state").path("terminated");
    if (!terminated.isMissingNode()) {
      return Cells.text(terminated.path("reason"), ending(terminated));
    }
    String waiting = container.path("state").path("waiting").path("reason").asString("");
    return waiting.isEmpty() || waiting.equals("PodInitializing") ? progress : waiting;
  }

  private static String ending(JsonNode terminated) {
    int signal = terminated.path("signal").asInt(0);
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt(0);
  }

  private void countRestarts(JsonNode container, boolean sidecar) {
    long count = container.path("restartCount").asLong(0);
    restarts += count;
    Instant last = Ages.instant(container.path("lastState").path("terminated").path("finishedAt"));
    lastRestart = later(lastRestart, last);
    if (sidecar) {
      sidecarRestarts += count;
      lastSidecarRestart = later(lastSidecarRestart, last);
    }
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }

  /** Walks the containers from last to first, so that the first one's reason wins. */
  private void containers() {
    JsonNode statuses = status.path("containerStatuses");
    boolean running = false;
    for (int i = statuses.size() - 1; i >= 0; i--) {
      JsonNode container = statuses.get(i);
      countRestarts(container, false);
      JsonNode state = container.path("state");
      String waiting = state.path("waiting").path("reason").asString("");
      JsonNode terminated = state.path("terminated");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (!terminated.isMissingNode()) {
        reason = Cells.text(terminated.path("reason"), ending(terminated));
      } else if (container.path("ready").asBoolean(false) && state.has("running")) {
        running = true;
        ready++;
      }
    }
    if (reason.equals("Completed") && running) {
      reason = conditionTrue(status, "Ready") ? "Running" : "NotReady";
    }
  }

  private void deletion() {
    if (!pod.path("metadata").has("deletionTimestamp")) {
      return;
    }
    String phase = status.path("phase").asString("");
    if (status.path("reason").asString("").equals("NodeLost")) {
      reason = "Unknown";
    } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
      reason = "Terminating";
    }
  }

  static boolean conditionTrue(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }
}

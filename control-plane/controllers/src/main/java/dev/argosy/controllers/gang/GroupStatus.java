package dev.argosy.controllers.gang;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a PodGroup, with the phases of the coscheduling plugin.
 *
 * @param since when enough members were there; empty while there are too few
 */
record GroupStatus(
    String phase, String occupiedBy, int running, int succeeded, int failed, String since) {

  static GroupStatus of(JsonNode status) {
    return new GroupStatus(
        status.path("phase").asString(""),
        status.path("occupiedBy").asString(""),
        status.path("running").asInt(0),
        status.path("succeeded").asInt(0),
        status.path("failed").asInt(0),
        status.path("scheduleStartTime").asString(""));
  }

  /**
   * What comes after it.
   *
   * @param least how many members make the gang whole
   * @param pods all that name it
   */
  GroupStatus then(int least, List<PodView> pods, Instant now) {
    if (pods.isEmpty() && ended()) {
      return this;
    }
    int run = count(pods, "Running");
    int good = count(pods, "Succeeded");
    int bad = count(pods, "Failed");
    String next = new Count(least, run, good, bad, pods).phase();
    String started = since.isEmpty() ? now.truncatedTo(ChronoUnit.SECONDS).toString() : since;
    return new GroupStatus(
        next, owners(pods), run, good, bad, next.equals("Pending") ? "" : started);
  }

  private boolean ended() {
    return phase.equals("Finished") || phase.equals("Failed");
  }

  private static int count(List<PodView> pods, String phase) {
    return (int) pods.stream().filter(pod -> pod.phase().equals(phase)).count();
  }

  private record Count(int least, int run, int good, int bad, List<PodView> pods) {

    String phase() {
      int there = active(pods, false) + good;
      int placed = active(pods, true) + good;
      if (good >= least) {
        return "Finished";
      }
      if (run + good >= least) {
        return "Running";
      }
      if (bad > 0 && bad + run + good >= least) {
        return "Failed";
      }
      if (placed >= least) {
        return "Scheduled";
      }
      return placed > good ? "Scheduling" : there >= least ? "PreScheduling" : "Pending";
    }
  }

  /** How many are not about to end, and have a node if that is asked. */
  static int active(List<PodView> pods, boolean placed) {
    return (int) pods.stream().filter(p -> p.active() && (!placed || !p.node().isEmpty())).count();
  }

  private static String owners(List<PodView> pods) {
    return pods.stream()
        .flatMap(pod ->
            pod.object().meta().controller().stream()
                .map(owner -> pod.key().namespace() + "/" + owner.name()))
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** Why it cannot become whole by anything that the scheduler does; empty if it can, or is. */
  Optional<String> stuck(int least, List<PodView> pods) {
    int there = active(pods, false) + succeeded;
    int placed = active(pods, true);
    return phase.equals("Scheduling") && there < least
        ? Optional.of(placed + " members have nodes, but only " + there + " of " + least + " exist")
        : Optional.empty();
  }

  ObjectNode toJson() {
    ObjectNode status = Json.object().put("phase", phase);
    if (!occupiedBy.isEmpty()) {
      status.put("occupiedBy", occupiedBy);
    }
    status.put("running", running).put("succeeded", succeeded).put("failed", failed);
    if (!since.isEmpty()) {
      status.put("scheduleStartTime", since);
    }
    return status;
  }
}

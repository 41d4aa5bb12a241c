package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.object.ApiObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pod as its Job sees it.
 *
 * @param details what is read from the whole object, once per revision
 */
record JobPod(PodView view, Details details) {

  static final String FINALIZER = "batch.kubernetes.io/job-tracking";
  static final String INDEX = "batch.kubernetes.io/job-completion-index";
  static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
  static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

  /** How a container ended. */
  record Exit(String container, int code) {}

  /**
   * What only Jobs want to know of a pod.
   *
   * @param exits of containers, then of init containers
   * @param finished when its last container ended, or the best that is known of that
   * @param restarts of all containers together
   */
  record Details(List<Exit> exits, List<Condition> conditions, Instant finished, int restarts) {
    Details {
      exits = List.copyOf(exits);
      conditions = List.copyOf(conditions);
    }
  }

  static JobPod of(PodView view) {
    return new JobPod(view, view.object().derived(Details.class, JobPod.class, JobPod::details));
  }

  private static Details details(ApiObject object) {
    JsonNode status = object.content().path("status");
    List<Exit> exits = new ArrayList<>();
    int restarts = 0;
    for (String list : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode container : status.path(list)) {
        restarts += container.path("restartCount").asInt(0);
        JsonNode ended = container.path("state").path("terminated");
        if (ended.isObject()) {
          exits.add(new Exit(container.path("name").asString(""), ended.path("exitCode").asInt(0)));
        }
      }
    }
    List<Condition> conditions = Condition.read(status);
    return new Details(exits, conditions, finished(object, status, conditions), restarts);
  }

  private static Instant finished(ApiObject object, JsonNode status, List<Condition> conditions) {
    Instant last = null;
    boolean all = !status.path("containerStatuses").isEmpty();
    for (JsonNode container : status.path("containerStatuses")) {
      String at = container.path("state").path("terminated").path("finishedAt").asString("");
      all &= !at.isEmpty();
      if (!at.isEmpty() && (last == null || Instant.parse(at).isAfter(last))) {
        last = Instant.parse(at);
      }
    }
    if (all && last != null) {
      return last;
    }
    Instant created = object.meta().creationTimestamp();
    Instant deleted = object.meta().deletionTimestamp();
    Instant otherwise = deleted != null ? deleted : created != null ? created : Instant.EPOCH;
    return Condition.find(conditions, "Ready")
        .filter(c -> c.status().equals("False") && !c.changed().isEmpty())
        .map(c -> Instant.parse(c.changed()))
        .orElse(otherwise);
  }

  String uid() {
    return view.uid();
  }

  /** Whether it still has to be counted, or is counted and still has to be let go. */
  boolean tracked() {
    return view.object().meta().finalizers().contains(FINALIZER);
  }

  boolean succeeded() {
    return view.phase().equals("Succeeded");
  }

  /** On its way out, and not ended yet. */
  boolean terminating() {
    return view.deleting() && !view.terminal();
  }

  /**
   * Whether it counts as failed.
   *
   * @param onlyEnded whether one that is being deleted has to end first
   */
  boolean failed(boolean onlyEnded) {
    return view.phase().equals("Failed") || (!onlyEnded && view.deleting() && !succeeded());
  }

  /** Its completion index, if it has a valid one. */
  Optional<Integer> index() {
    return number(INDEX);
  }

  int indexFailures() {
    return number(FAILURES).orElse(0);
  }

  int ignoredFailures() {
    return number(IGNORED).orElse(0);
  }

  private Optional<Integer> number(String annotation) {
    Map<String, String> annotations = view.object().meta().annotations();
    try {
      int number = Integer.parseInt(annotations.getOrDefault(annotation, "-1"));
      return number < 0 ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

package dev.argosy.bench.nodes;

import dev.argosy.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Decides what happens to a pod next, from the object alone; pure. The API keeps times in whole
 * seconds, so what lasts by the script may be up to a second short.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod
 *     lifecycle</a>
 */
final class PodLife {

  private static final Duration PULL_AGAIN = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 5;

  private final ApiObject pod;
  private final JsonNode tree;
  private final Script script;
  private final Instant now;

  PodLife(ApiObject pod, Script usual, Instant now) {
    this.pod = pod;
    this.tree = pod.content();
    this.script = usual.with(pod.meta().annotations());
    this.now = now;
  }

  /** The next step of a pod that is bound; do it, and ask again with what the API has then. */
  Step next(PodWords words) {
    if (pod.meta().deleting()) {
      return ending();
    }
    JsonNode status = tree.path("status");
    String phase = status.path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return Step.REST;
    }
    Optional<String> missing = script.firstMissing(images());
    if (missing.isPresent()) {
      return unpulled(status, missing.get(), words);
    }
    String began = status.path("startTime").asString("");
    if (began.isEmpty() && script.startAfter().isPositive()) {
      return new Step.Report(words.creating());
    }
    if (!phase.equals("Running")) {
      return began.isEmpty()
          ? started(0, words)
          : due(Instant.parse(began).plus(script.startAfter()), () -> started(0, words));
    }
    return running(status.path("containerStatuses").path(0), words);
  }

  private interface Then {
    Step step();
  }

  private Step due(Instant when, Then then) {
    Duration left = Duration.between(now, when);
    return left.isPositive() ? new Step.Wait(left) : then.step();
  }

  /** The grace period's end is the time of deletion that the API shows. */
  private Step ending() {
    String text = tree.at("/metadata/deletionTimestamp").asString("");
    long grace = tree.at("/metadata/deletionGracePeriodSeconds").asLong(0);
    Instant last = Instant.parse(text);
    Instant wanted = last.minusSeconds(grace).plus(script.stopAfter());
    return due(wanted.isBefore(last) ? wanted : last, Step.Remove::new);
  }

  private Step unpulled(JsonNode status, String image, PodWords words) {
    String reason = status.at("/containerStatuses/0/state/waiting/reason").asString("");
    if (reason.equals("ImagePullBackOff")) {
      return Step.REST;
    }
    if (!reason.equals("ErrImagePull")) {
      return new Step.Report(words.unpulled("ErrImagePull", image));
    }
    Instant since = Instant.parse(status.path("startTime").asString(now.toString()));
    return due(
        since.plus(PULL_AGAIN), () -> new Step.Report(words.unpulled("ImagePullBackOff", image)));
  }

  private Step started(int restarts, PodWords words) {
    return new Step.Report(words.running(restarts, readyAtOnce()));
  }

  private boolean readyAtOnce() {
    return script.readyAfter().filter(Duration.ZERO::equals).isPresent();
  }

  private Step running(JsonNode container, PodWords words) {
    int restarts = container.path("restartCount").asInt(0);
    JsonNode current = container.path("state").path("running");
    if (!current.isObject()) {
      String ended = container.at("/lastState/terminated/finishedAt").asString(now.toString());
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(restarts, MOST_DOUBLINGS));
      return due(Instant.parse(ended).plus(pause), () -> started(restarts + 1, words));
    }
    Instant since = Instant.parse(current.path("startedAt").asString(now.toString()));
    Optional<Instant> end = script.endAfter().map(since::plus);
    if (end.isPresent() && !end.get().isAfter(now)) {
      return new Step.Report(ended(restarts, words));
    }
    if (container.path("ready").asBoolean(false) && words.wronglyUnready()) {
      return new Step.Report(words.running(restarts, true));
    }
    Optional<Instant> ready =
        container.path("ready").asBoolean(false)
            ? Optional.empty()
            : script.readyAfter().map(since::plus);
    if (ready.isPresent() && !ready.get().isAfter(now)) {
      return new Step.Report(words.running(restarts, true));
    }
    return Stream.concat(end.stream(), ready.stream())
        .min(Instant::compareTo)
        .<Step>map(first -> new Step.Wait(Duration.between(now, first)))
        .orElse(Step.REST);
  }

  private tools.jackson.databind.node.ObjectNode ended(int restarts, PodWords words) {
    String policy = tree.at("/spec/restartPolicy").asString("Always");
    boolean failed = script.exitCode() != 0;
    boolean again = policy.equals("Always") || (policy.equals("OnFailure") && failed);
    return again
        ? words.crashed(restarts, script.exitCode())
        : words.ended(restarts, script.exitCode());
  }

  private List<String> images() {
    JsonNode spec = tree.path("spec");
    return Stream.concat(
            spec.path("initContainers").valueStream(), spec.path("containers").valueStream())
        .map(c -> c.path("image").asString(""))
        .toList();
  }
}

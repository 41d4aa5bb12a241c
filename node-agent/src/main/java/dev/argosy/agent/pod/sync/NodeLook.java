package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has of pods. Who heard that something happened to a pod looks at it alone; who
 * only makes sure that nothing was missed shares a look at the whole node with all that do so in
 * the same seconds, since most of what a node at rest costs are such looks. Any thread.
 */
final class NodeLook {

  /** How old a look may be for others than who took it. */
  static final Duration SHARED = Duration.ofSeconds(10);

  private record Pods(
      Instant began,
      Map<String, List<Sandbox>> sandboxes,
      Map<String, List<Container>> containers) {

    Observed of(String uid) {
      return new Observed(
          sandboxes.getOrDefault(uid, List.of()), containers.getOrDefault(uid, List.of()));
    }
  }

  private final ContainerRuntime runtime;
  private final Clock steady;
  private @Nullable Pods last;

  /**
   * @param steady a clock that nobody sets
   */
  NodeLook(ContainerRuntime runtime, Clock steady) {
    this.runtime = runtime;
    this.steady = steady;
  }

  Observed alone(String uid) throws RuntimeFailure {
    Map<String, String> own = Map.of(PodLabels.UID, uid);
    return new Observed(runtime.sandboxes(own), runtime.containers(own));
  }

  /** How the pod was at some time after this one of the steady clock. */
  synchronized Observed shared(String uid, Instant after) throws RuntimeFailure {
    Instant now = steady.instant();
    Pods seen = last;
    if (seen == null || !seen.began.isAfter(after) || seen.began.plus(SHARED).isBefore(now)) {
      last = null; // a look that fails leaves none
      seen = look(now);
      last = seen;
    }
    return seen.of(uid);
  }

  private Pods look(Instant now) throws RuntimeFailure {
    return new Pods(
        now,
        byPod(runtime.sandboxes(Map.of()), Sandbox::labels),
        byPod(runtime.containers(Map.of()), Container::labels));
  }

  private static <T> Map<String, List<T>> byPod(
      List<T> all, Function<T, Map<String, String>> labels) {
    return all.stream()
        .collect(Collectors.groupingBy(one -> labels.apply(one).getOrDefault(PodLabels.UID, "")));
  }
}

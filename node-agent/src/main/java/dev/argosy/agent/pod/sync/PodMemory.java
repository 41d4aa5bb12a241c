package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.plan.Recall.Trouble;
import dev.argosy.agent.pod.plan.Recall.Unhealthy;
import dev.argosy.agent.pod.resize.PodSizes;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a worker remembers of its pod; the worker and its probes share it. Times go in and come out
 * as the machine's clock has them at that moment.
 */
final class PodMemory {

  private final Map<String, Trouble> troubles = new HashMap<>();
  private final Map<String, Instant> stopping = new HashMap<>();
  private final Map<String, Unhealthy> unhealthy = new HashMap<>();
  private final Set<String> ready = new HashSet<>();
  private final Set<String> started = new HashSet<>();

  private PodSizes sizes = PodSizes.UNKNOWN;
  private @Nullable Verdict verdict;
  private @Nullable Instant endBy;
  private final CompletableFuture<Void> unwanted = new CompletableFuture<>();
  private final ClockShift shift;

  PodMemory(ClockShift shift) {
    this.shift = shift;
  }

  synchronized Recall recall() {
    Map<String, Trouble> now = new HashMap<>();
    troubles.forEach((name, trouble) -> now.put(name, retried(trouble, shift::shown)));
    Map<String, Instant> ends = new HashMap<>();
    stopping.forEach((id, deadline) -> ends.put(id, shift.shown(deadline)));
    return new Recall(
        now,
        ends,
        unhealthy,
        ready,
        started,
        sizes,
        Optional.ofNullable(verdict),
        endBy == null ? null : shift.shown(endBy));
  }

  private static Trouble retried(Trouble trouble, UnaryOperator<Instant> time) {
    return trouble.at(time.apply(trouble.retryAt()));
  }

  /** What the API still knows of containers that an agent before this one began. */
  synchronized void remember(PodView pod) {
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode status : pod.status().path(list)) {
        String id = status.path("containerID").asString("").replaceFirst("^[^/]*//", "");
        if (status.path("ready").asBoolean(false)) {
          ready.add(id);
        }
        if (status.path("started").asBoolean(false)) {
          started.add(id);
        }
      }
    }
  }

  /** Forgets containers that are gone. */
  synchronized void keepOnly(Observed observed) {
    Set<String> present =
        observed.containers().stream().map(Container::id).collect(Collectors.toSet());
    stopping.keySet().retainAll(present);
    unhealthy.keySet().retainAll(present);
    ready.retainAll(present);
    started.retainAll(present);
    sizes = sizes.keepOnly(present);
  }

  /** The first word on a pod is the last. */
  synchronized boolean verdict(Verdict word) {
    boolean first = verdict == null;
    if (first) {
      verdict = word;
      unwanted.complete(null);
    }
    return first;
  }

  /** All must have ended by then. */
  synchronized void endBy(Instant deadline) {
    endBy = shift.kept(deadline);
    unwanted.complete(null);
  }

  /** Completed once the pod is to go. */
  CompletableFuture<Void> unwanted() {
    return unwanted;
  }

  synchronized PodSizes sizes() {
    return sizes;
  }

  synchronized void sizes(PodSizes now) {
    sizes = now;
  }

  synchronized int failures(String name) {
    Trouble trouble = troubles.get(name);
    return trouble == null ? 0 : trouble.failures();
  }

  synchronized void trouble(String name, Trouble trouble) {
    troubles.put(name, retried(trouble, shift::kept));
  }

  synchronized void fine(String name) {
    troubles.remove(name);
  }

  synchronized void stopping(String id, Instant deadline) {
    stopping.put(id, shift.kept(deadline));
  }

  /** A stop that did not work will be asked for again. */
  synchronized void notStopping(String id) {
    stopping.remove(id);
  }

  synchronized void unhealthy(String id, Unhealthy why) {
    unhealthy.put(id, why);
  }

  synchronized void started(String id) {
    started.add(id);
  }

  /** Whether that is news. */
  synchronized boolean ready(String id, boolean now) {
    return now ? ready.add(id) : ready.remove(id);
  }

  /**
   * A failed pull has been reported; from now on the pod waits.
   *
   * @return what each container that does waits for
   */
  synchronized Map<String, String> pullsNowBackOff(PodView pod) {
    Map<String, String> waiting = new HashMap<>();
    Stream.concat(pod.all().stream(), pod.ephemeralContainers().stream())
        .forEach(container -> {
          Trouble trouble = troubles.get(container.name());
          if (trouble != null && trouble.reason().equals("ErrImagePull")) {
            troubles.put(
                container.name(),
                new Trouble(
                    "ImagePullBackOff",
                    backOff(trouble.image()) + ": ErrImagePull: " + trouble.message(),
                    trouble.failures(),
                    trouble.retryAt(),
                    trouble.image()));
            waiting.put(container.name(), trouble.image());
          }
        });
    return waiting;
  }

  static String backOff(String image) {
    return "Back-off pulling image \"" + image + "\"";
  }
}

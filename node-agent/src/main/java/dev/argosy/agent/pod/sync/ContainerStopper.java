package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Ends containers beside the worker, each on a thread of its own, so that graces run in parallel.
 */
final class ContainerStopper {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerStopper.class);
  private static final int MANY = 100;
  private static final Duration LEAST = Duration.ofSeconds(2);

  /** When a container is told again to end that the engine refused to tell. */
  private static final Duration AGAIN = Duration.ofSeconds(3);

  private final PodNode node;
  private final PodMemory memory;
  private final Mailbox mailbox;

  /**
   * By container: completed when it has ended, or could not be told to. A container that waits for
   * others may be here before them.
   */
  private final Map<String, CompletableFuture<Void>> ending = new ConcurrentHashMap<>();

  ContainerStopper(PodNode node, PodMemory memory, Mailbox mailbox) {
    this.node = node;
    this.memory = memory;
    this.mailbox = mailbox;
  }

  void stop(PodView pod, Action.StopContainer stop) {
    if (ending.size() > MANY) {
      ending.values().removeIf(CompletableFuture::isDone);
    }
    Instant end = node.steady().instant().plus(left(node.clock().instant(), stop.deadline()));
    boolean first = !memory.recall().stopping().containsKey(stop.id());
    memory.stopping(stop.id(), stop.deadline());
    if (first) {
      String why =
          stop.why().equals("Stopping container")
              ? "Stopping container " + stop.name()
              : stop.why();
      node.events().normal(pod, stop.name(), "Killing", why);
    }
    CompletableFuture<Void> ended =
        ending.compute(
            stop.id(),
            (id, present) ->
                present == null || present.isDone() ? new CompletableFuture<>() : present);
    Thread.ofVirtual()
        .name("stop-" + stop.name())
        .start(() -> {
          end(pod, stop, end, first);
          ended.complete(null);
        });
  }

  /**
   * Runs beside the worker.
   *
   * @param end when the grace is over, by the clock that nobody sets
   */
  private void end(PodView pod, Action.StopContainer stop, Instant end, boolean first) {
    try {
      if (first) {
        preStop(pod, stop, end);
      }
      awaitTurn(stop, end);
      node.runtime().stopContainer(stop.id(), grace(pod, end));
    } catch (RuntimeFailure e) {
      LOG.warn("container {} of {} not stopped: {}", stop.name(), pod, e.getMessage());
      notStopped(pod, stop, e);
    }
    mailbox.wake();
  }

  private void notStopped(PodView pod, Action.StopContainer stop, RuntimeFailure failure) {
    if (failure.kind() == RuntimeFailure.Kind.UNAVAILABLE) {
      memory.notStopping(stop.id());
      return;
    }
    String text =
        "error killing pod: failed to \"KillContainer\" for \"%s\" with KillContainerError: %s";
    String why = String.valueOf(failure.getMessage()).replace(stop.id(), stop.name());
    node.events().warning(pod, "", "FailedKillPod", text.formatted(stop.name(), why));
    node.timers()
        .after(
            AGAIN,
            () -> {
              memory.notStopping(stop.id());
              mailbox.wake();
            });
  }

  /** Waits for those that must end before, while there is time. */
  private void awaitTurn(Action.StopContainer stop, Instant end) {
    CompletableFuture<?>[] before =
        stop.after().stream()
            .map(id -> ending.computeIfAbsent(id, any -> new CompletableFuture<>()))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(before).get(left(end).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException timeIsUp) {
      // it ends beside them
    }
  }

  /** What a hook or the others left; a moment even if that is nothing, but for forced deletions. */
  private Duration grace(PodView pod, Instant end) {
    Duration left = left(end);
    boolean forced =
        pod.deletionTimestamp() != null
            && pod.metadata().path("deletionGracePeriodSeconds").asLong(1) == 0;
    return forced || left.compareTo(LEAST) > 0 ? left : LEAST;
  }

  private Duration left(Instant end) {
    return left(node.steady().instant(), end);
  }

  private static Duration left(Instant now, Instant end) {
    Duration left = Duration.between(now, end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void preStop(PodView pod, Action.StopContainer stop, Instant end) {
    Duration left = left(end);
    Optional<ContainerView> container =
        pod.all().stream().filter(c -> c.name().equals(stop.name())).findFirst();
    if (container.isEmpty() || left.isZero()) {
      return;
    }
    JsonNode hook = container.get().tree().path("lifecycle").path("preStop");
    if (hook.isObject()) {
      Hooks.run(node, pod, container.get(), hook, stop.id(), left)
          .ifPresent(wrong ->
              node.events()
                  .warning(pod, stop.name(), "FailedPreStopHook", "PreStopHook failed: " + wrong));
    }
  }
}

package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Ends containers beside the worker, each on a thread of its own, so that graces run in parallel.
 */
final class ContainerStopper {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerStopper.class);

  private final PodNode node;
  private final PodMemory memory;
  private final Mailbox mailbox;

  ContainerStopper(PodNode node, PodMemory memory, Mailbox mailbox) {
    this.node = node;
    this.memory = memory;
    this.mailbox = mailbox;
  }

  void stop(PodView pod, Action.StopContainer stop) {
    boolean first = !memory.recall().stopping().containsKey(stop.id());
    memory.stopping(stop.id(), stop.deadline());
    if (first) {
      String why =
          stop.why().equals("Stopping container")
              ? "Stopping container " + stop.name()
              : stop.why();
      node.events().normal(pod, stop.name(), "Killing", why);
    }
    Thread.ofVirtual().name("stop-" + stop.name()).start(() -> end(pod, stop, first));
  }

  private void end(PodView pod, Action.StopContainer stop, boolean first) {
    try {
      if (first) {
        preStop(pod, stop);
      }
      node.runtime().stopContainer(stop.id(), left(stop.deadline()));
    } catch (RuntimeFailure e) {
      LOG.warn("container {} of {} not stopped: {}", stop.name(), pod, e.getMessage());
      memory.notStopping(stop.id());
    }
    mailbox.wake();
  }

  private Duration left(Instant deadline) {
    Duration left = Duration.between(node.clock().instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void preStop(PodView pod, Action.StopContainer stop) {
    Duration left = left(stop.deadline());
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

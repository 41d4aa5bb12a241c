package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.config.ContainerSpecs;
import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.plan.Recall.Trouble;
import dev.argosy.agent.pod.resize.ContainerSize;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells the engine what a running container was granted. */
final class ContainerResizer {

  private final PodNode node;
  private final PodMemory memory;
  private final PodSizing sizing;

  ContainerResizer(PodNode node, PodMemory memory, PodSizing sizing) {
    this.node = node;
    this.memory = memory;
    this.sizing = sizing;
  }

  /**
   * Does it, or remembers why not, to try again.
   *
   * @param pod as it was granted
   */
  void resize(PodView pod, Action.ResizeContainer resize) throws RuntimeFailure {
    ContainerView container = resize.container();
    try {
      Optional<Container> found = node.runtime().container(resize.id());
      if (found.isEmpty()) {
        return;
      }
      JsonNode given = memory.sizes().given(container, found.get());
      Optional<String> refusal = memoryInUse(container, resize.id(), given);
      if (refusal.isPresent()) {
        failed(pod, container, refusal.get());
        return;
      }
      node.groups().grow(pod);
      node.runtime().limitContainer(resize.id(), ContainerSpecs.limits(container));
      node.groups().fit(pod);
      sizing.given(resize.id(), container.resources());
      memory.fine(Recall.resizing(container.name()));
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.UNAVAILABLE) {
        throw e;
      }
      failed(pod, container, String.valueOf(e.getMessage()));
    }
  }

  /** A limit below what is in use would have the container killed. */
  private Optional<String> memoryInUse(ContainerView container, String id, JsonNode given)
      throws RuntimeFailure {
    ContainerSize wanted = ContainerSize.of(container.resources());
    if (!wanted.lowersMemoryLimitOf(ContainerSize.of(given))) {
      return Optional.empty();
    }
    long used = node.runtime().memoryUsage(id);
    return used < wanted.memoryLimitBytes()
        ? Optional.empty()
        : Optional.of(
            "cannot decrease memory limits: attempting to set container \"%s\" memory limit (%d)"
                    .formatted(container.name(), wanted.memoryLimitBytes())
                + " below current usage (%d)".formatted(used));
  }

  private void failed(PodView pod, ContainerView container, String message) {
    String key = Recall.resizing(container.name());
    int failures = memory.failures(key) + 1;
    if (failures == 1) {
      new ResizeEvents(node.events()).failed(pod, memory.sizes().generation(), message);
    }
    memory.trouble(
        key, new Trouble("Error", message, failures, node.clock().instant().plus(PodSizing.RETRY)));
  }
}

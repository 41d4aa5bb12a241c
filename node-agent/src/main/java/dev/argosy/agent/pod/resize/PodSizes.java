package dev.argosy.agent.pod.resize;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.object.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The {@code resources} of a pod's containers beside its specification.
 *
 * @param granted per container name: what the node agreed to
 * @param given per container id: what the engine was told since it made the container
 * @param generation of the pod that was granted last
 * @param pending why the specification is not granted
 */
public record PodSizes(
    Map<String, JsonNode> granted,
    Map<String, JsonNode> given,
    long generation,
    Optional<Pending> pending) {

  /** On a container: the resources that it was made with, as JSON. */
  public static final String LABEL = "argosy.dev/resources";

  public static final PodSizes UNKNOWN = new PodSizes(Map.of(), Map.of(), 0, Optional.empty());

  public PodSizes {
    granted = Map.copyOf(granted);
    given = Map.copyOf(given);
  }

  /** All that the specification wants, granted. */
  public PodSizes grant(PodView pod) {
    return new PodSizes(wanted(pod), given, pod.generation(), Optional.empty());
  }

  /** What the specification wants, per container name. */
  public static Map<String, JsonNode> wanted(PodView pod) {
    Map<String, JsonNode> wanted = new HashMap<>();
    pod.all().forEach(c -> wanted.put(c.name(), c.resources()));
    return wanted;
  }

  public PodSizes withPending(Optional<Pending> why) {
    return new PodSizes(granted, given, generation, why);
  }

  public PodSizes withGiven(String containerId, JsonNode resources) {
    Map<String, JsonNode> now = new HashMap<>(given);
    now.put(containerId, resources);
    return new PodSizes(granted, now, generation, pending);
  }

  /** Running containers that do not say what they were made with have what was granted. */
  public PodSizes adopt(PodView pod, Collection<Container> running) {
    PodSizes sizes = this;
    for (Container container : running) {
      for (ContainerView view : pod.all()) {
        if (view.name().equals(container.labels().get(PodLabels.CONTAINER))
            && !container.labels().containsKey(LABEL)) {
          sizes = sizes.withGiven(container.id(), granted(view));
        }
      }
    }
    return sizes;
  }

  /** Without containers that are gone. */
  public PodSizes keepOnly(Collection<String> containerIds) {
    if (containerIds.containsAll(given.keySet())) {
      return this;
    }
    Map<String, JsonNode> now = new HashMap<>(given);
    now.keySet().retainAll(containerIds);
    return new PodSizes(granted, now, generation, pending);
  }

  /** What the node agreed to for a container. */
  public JsonNode granted(ContainerView container) {
    JsonNode resources = granted.get(container.name());
    return resources == null ? container.resources() : resources;
  }

  /** What the engine was told for one; of containers that do not say, what was granted. */
  public JsonNode given(ContainerView view, Container container) {
    JsonNode told = given.get(container.id());
    if (told != null) {
      return told;
    }
    String label = container.labels().getOrDefault(LABEL, "");
    if (label.isEmpty()) {
      return granted(view);
    }
    try {
      return Json.mapper().readTree(label);
    } catch (JacksonException e) {
      return granted(view);
    }
  }

  /** What is to be done to a running container. */
  public SizeChange change(ContainerView view, Container running) {
    return SizeChange.of(given(view, running), granted(view), view);
  }

  /** Whether a running container has not come to what it was granted. */
  public boolean inProgress(PodView pod, Collection<Container> running) {
    return pod.all().stream()
        .anyMatch(view ->
            running.stream()
                .filter(c -> view.name().equals(c.labels().get(PodLabels.CONTAINER)))
                .anyMatch(c -> change(view, c) != SizeChange.NONE));
  }
}

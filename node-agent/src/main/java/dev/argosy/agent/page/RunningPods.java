package dev.argosy.agent.page;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.object.Json;
import dev.argosy.model.tunnel.PodRef;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the engine runs, whatever the API says of it: a PodList as kubelet's {@code /runningpods},
 * with names, images and, as a label, the cluster.
 */
final class RunningPods {

  private RunningPods() {}

  static ObjectNode of(ContainerRuntime runtime) throws RuntimeFailure {
    Map<PodRef, ArrayNode> found =
        new TreeMap<>(
            Comparator.comparing(PodRef::cluster)
                .thenComparing(PodRef::namespace)
                .thenComparing(PodRef::name)
                .thenComparing(PodRef::uid));
    for (Container container : runtime.containers(Map.of())) {
      Optional<PodRef> pod = PodLabels.pod(container.labels());
      if (container.state() instanceof Container.Running && pod.isPresent()) {
        found
            .computeIfAbsent(pod.get(), ref -> Json.object().putArray("containers"))
            .addObject()
            .put("name", container.labels().getOrDefault(PodLabels.CONTAINER, ""))
            .put("image", container.image());
      }
    }
    ObjectNode list = Json.object().put("kind", "PodList").put("apiVersion", "v1");
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    found.forEach((ref, containers) -> {
      ObjectNode pod = items.addObject();
      pod.putObject("metadata")
          .put("name", ref.name())
          .put("namespace", ref.namespace())
          .put("uid", ref.uid())
          .putObject("labels")
          .put(PodLabels.CLUSTER, ref.cluster());
      pod.putObject("spec").set("containers", containers);
      pod.putObject("status");
    });
    return list;
  }
}

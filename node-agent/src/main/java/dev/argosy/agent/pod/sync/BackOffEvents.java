package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells once for each container that ended, or whose image failed, that the next try waits. Only a
 * pod's worker enters.
 */
final class BackOffEvents {

  private final PodNode node;
  private final Set<String> told = new HashSet<>();

  BackOffEvents(PodNode node) {
    this.node = node;
  }

  void tell(PodView pod, Observed observed, Set<String> backingOff) {
    told.retainAll(backingOff);
    for (Container ended : observed.containers()) {
      if (backingOff.contains(ended.id()) && told.add(ended.id())) {
        String name = ended.labels().getOrDefault(PodLabels.CONTAINER, "");
        String text =
            "Back-off restarting failed container %s in pod %s_%s(%s)"
                .formatted(name, pod.key().name(), pod.key().namespace(), pod.uid());
        node.events().warning(pod, name, "BackOff", text);
      }
    }
  }

  /** Images of these containers could not be fetched, and will be tried again. */
  void tellPulls(PodView pod, Map<String, String> images) {
    images.forEach((container, image) -> {
      node.events().normal(pod, container, "BackOff", PodMemory.backOff(image));
      node.events().warning(pod, container, "Failed", "Error: ImagePullBackOff");
    });
  }
}

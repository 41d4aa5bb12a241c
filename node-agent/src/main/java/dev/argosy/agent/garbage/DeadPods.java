package dev.argosy.agent.garbage;

import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What pods leave behind that have come to their end and are still in the API, and containers that
 * were replaced. Pods that are gone from the API are their worker's, or the sweep's.
 */
public final class DeadPods {

  private static final Logger LOG = LoggerFactory.getLogger(DeadPods.class);

  private final ContainerRuntime runtime;
  private final Path data;

  public DeadPods(ContainerRuntime runtime, Path data) {
    this.runtime = runtime;
    this.data = data;
  }

  /** Empties the volumes that end with pods which have ended. Logs stay. */
  void dropVolumes(List<PodView> pods) throws RuntimeFailure {
    Set<String> running = new HashSet<>();
    for (Container one : runtime.containers(Map.of())) {
      if (one.state() instanceof Container.Running) {
        PodLabels.uid(one.labels()).ifPresent(running::add);
      }
    }
    for (PodView pod : pods) {
      if (pod.terminal() && !running.contains(pod.uid())) {
        try {
          PodFolder.of(data, pod.uid()).dropScratch(pod.spec().path("volumes"));
        } catch (IOException e) {
          LOG.warn("volumes of {} not removed: {}", pod, e.toString());
        }
      }
    }
  }

  /**
   * Removes containers that have ended, with what they wrote: all of pods that have ended, and of
   * others all but the newest of each name.
   */
  public void removeContainers(List<PodView> pods) throws RuntimeFailure {
    Map<String, PodView> byUid = new HashMap<>();
    pods.forEach(pod -> byUid.put(pod.uid(), pod));
    Map<String, Integer> newest = new HashMap<>();
    List<Container> all = runtime.containers(Map.of());
    all.forEach(c -> newest.merge(key(c), PodLabels.attempt(c.labels()), Math::max));
    for (Container one : all) {
      PodView pod = byUid.get(PodLabels.uid(one.labels()).orElse(""));
      boolean replaced = PodLabels.attempt(one.labels()) < newest.getOrDefault(key(one), 0);
      if (pod != null && one.state() instanceof Container.Exited && (pod.terminal() || replaced)) {
        runtime.removeContainer(one.id());
      }
    }
  }

  private static String key(Container container) {
    return PodLabels.uid(container.labels()).orElse("")
        + "/"
        + container.labels().getOrDefault(PodLabels.CONTAINER, "");
  }
}

package dev.argosy.agent.pod.running;

import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks pods up on the engine by where they live in the API. */
public final class RunningPods {

  private final ContainerRuntime runtime;

  public RunningPods(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  /** The newest pod of that name that has a sandbox here. */
  public Optional<RunningPod> find(String cluster, String namespace, String name)
      throws RuntimeFailure {
    Map<String, String> wanted =
        Map.of(PodLabels.CLUSTER, cluster, PodLabels.NAMESPACE, namespace, PodLabels.NAME, name);
    List<Sandbox> sandboxes = runtime.sandboxes(wanted);
    if (sandboxes.isEmpty()) {
      return Optional.empty();
    }
    Sandbox newest = sandboxes.getFirst();
    String uid = PodLabels.uid(newest.labels()).orElse("");
    List<Container> containers = runtime.containers(Map.of(PodLabels.UID, uid));
    return Optional.of(new RunningPod(uid, newest, containers));
  }
}

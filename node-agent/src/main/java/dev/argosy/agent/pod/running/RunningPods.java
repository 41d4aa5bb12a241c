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

  /** The newest pod of that name of which there is a sandbox here, or else a container. */
  public Optional<RunningPod> find(String cluster, String namespace, String name)
      throws RuntimeFailure {
    Map<String, String> wanted =
        Map.of(PodLabels.CLUSTER, cluster, PodLabels.NAMESPACE, namespace, PodLabels.NAME, name);
    Optional<Sandbox> sandbox = runtime.sandboxes(wanted).stream().findFirst();
    List<Container> named = runtime.containers(wanted);
    Optional<String> uid =
        sandbox
            .map(Sandbox::labels)
            .or(() -> named.stream().findFirst().map(Container::labels))
            .flatMap(PodLabels::uid);
    return uid.map(found ->
        new RunningPod(found, sandbox, named.stream().filter(c -> belongs(c, found)).toList()));
  }

  private static boolean belongs(Container container, String uid) {
    return PodLabels.uid(container.labels()).equals(Optional.of(uid));
  }
}

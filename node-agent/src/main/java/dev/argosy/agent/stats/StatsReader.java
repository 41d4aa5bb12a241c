package dev.argosy.agent.stats;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.model.tunnel.PodRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads everything: two listings of the engine, and a few small files for each container. */
public final class StatsReader {

  private final ContainerRuntime runtime;
  private final KernelFiles kernel;
  private final Clock clock;

  public StatsReader(ContainerRuntime runtime, KernelFiles kernel, Clock clock) {
    this.runtime = runtime;
    this.kernel = kernel;
    this.clock = clock;
  }

  NodeReading read() throws RuntimeFailure {
    GroupReader groups = new GroupReader(kernel);
    List<ContainerReading> containers = new ArrayList<>();
    for (Container one : runtime.containers(Map.of())) {
      String name = one.labels().getOrDefault(PodLabels.CONTAINER, "");
      Optional<PodRef> pod = PodLabels.pod(one.labels());
      if (one.state() instanceof Container.Running(var startedAt, int pid)
          && !name.isEmpty()
          && pod.isPresent()) {
        groups
            .read(pid)
            .ifPresent(group ->
                containers.add(new ContainerReading(pod.get(), name, one, startedAt, group)));
      }
    }
    Map<PodRef, List<InterfaceReading>> networks = new LinkedHashMap<>();
    for (Sandbox one : runtime.sandboxes(Map.of())) {
      Optional<PodRef> pod = PodLabels.pod(one.labels());
      if (one.running() && pod.isPresent() && ownNetwork(one.pid())) {
        networks.put(pod.get(), InterfaceReading.read(kernel.ofProcess(one.pid(), "net/dev")));
      }
    }
    return new NodeReading(clock.instant(), MachineReading.read(kernel), containers, networks);
  }

  private boolean ownNetwork(int pid) {
    Optional<String> own = kernel.network("self");
    Optional<String> other = kernel.network(Integer.toString(pid));
    return own.isPresent() && other.isPresent() && !own.equals(other);
  }
}

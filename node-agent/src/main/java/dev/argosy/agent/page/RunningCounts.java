package dev.argosy.agent.page;

import dev.argosy.agent.metric.MetricText;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How much runs on this node now. */
record RunningCounts(long pods, Map<String, Long> containers) {

  /** Empty while the engine does not answer. */
  static Optional<RunningCounts> of(ContainerRuntime runtime) {
    try {
      Map<String, Long> containers = new TreeMap<>(Map.of("running", 0L));
      for (Container one : runtime.containers(Map.of())) {
        String state =
            switch (one.state()) {
              case Container.Created _ -> "created";
              case Container.Running _ -> "running";
              case Container.Exited _ -> "exited";
            };
        containers.merge(state, 1L, Long::sum);
      }
      long pods = runtime.sandboxes(Map.of()).stream().filter(Sandbox::running).count();
      return Optional.of(new RunningCounts(pods, containers));
    } catch (RuntimeFailure e) {
      return Optional.empty();
    }
  }

  void writeTo(MetricText text) {
    text.family("kubelet_running_pods", "gauge", "Pods with a running sandbox.");
    text.sample("kubelet_running_pods", List.of(), List.of(), pods);
    text.family("kubelet_running_containers", "gauge", "Containers by their state.");
    containers.forEach((state, count) ->
        text.sample(
            "kubelet_running_containers", List.of("container_state"), List.of(state), count));
  }
}

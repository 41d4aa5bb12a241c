package dev.argosy.agent.node;

import dev.argosy.agent.network.pod.PodNetwork;
import dev.argosy.agent.pressure.NodeCondition;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeInfo;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks whether the node can do its work. */
final class NodeHealth {

  private final ContainerRuntime runtime;
  private final PodNetwork network;
  private final Supplier<Set<NodeCondition>> pressure;
  private volatile boolean shuttingDown;

  /**
   * One look.
   *
   * @param notReady why pods cannot be run; empty if they can
   */
  record Report(
      Optional<String> notReady, Set<NodeCondition> pressure, Optional<RuntimeInfo> engine) {

    boolean memoryPressure() {
      return pressure.contains(NodeCondition.MEMORY);
    }

    boolean diskPressure() {
      return pressure.contains(NodeCondition.DISK);
    }

    boolean processPressure() {
      return pressure.contains(NodeCondition.PROCESSES);
    }
  }

  NodeHealth(ContainerRuntime runtime, PodNetwork network, Supplier<Set<NodeCondition>> pressure) {
    this.runtime = runtime;
    this.network = network;
    this.pressure = pressure;
  }

  /** From now on the node takes no more pods. */
  void shutDown() {
    shuttingDown = true;
  }

  Report look() {
    Optional<RuntimeInfo> engine = Optional.empty();
    Optional<String> notReady;
    try {
      engine = Optional.of(runtime.info());
      notReady =
          shuttingDown
              ? Optional.of("node is shutting down")
              : network.notReady().map(why -> "container runtime network not ready: " + why);
    } catch (RuntimeFailure e) {
      notReady = Optional.of("container runtime is down: " + e.getMessage());
    }
    return new Report(notReady, pressure.get(), engine);
  }
}

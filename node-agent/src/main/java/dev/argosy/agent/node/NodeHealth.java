package dev.argosy.agent.node;

import dev.argosy.agent.network.pod.PodNetwork;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks whether the node can do its work. */
final class NodeHealth {

  private static final long LEAST_MEMORY = 100L << 20;
  private static final double LEAST_DISK = 0.05;
  private static final double MOST_PROCESSES = 0.95;

  private final ContainerRuntime runtime;
  private final PodNetwork network;
  private final Path data;

  /**
   * One look.
   *
   * @param notReady why pods cannot be run; empty if they can
   */
  record Report(
      Optional<String> notReady,
      boolean memoryPressure,
      boolean diskPressure,
      boolean processPressure,
      Optional<RuntimeInfo> engine) {}

  private volatile boolean shuttingDown;

  NodeHealth(ContainerRuntime runtime, PodNetwork network, Path data) {
    this.runtime = runtime;
    this.network = network;
    this.data = data;
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
    try {
      return new Report(
          notReady,
          NodeFacts.availableMemory() < LEAST_MEMORY,
          diskPressure(),
          processPressure(),
          engine);
    } catch (IOException e) {
      return new Report(
          Optional.of("cannot look at the machine: " + e.getMessage()),
          false,
          false,
          false,
          engine);
    }
  }

  private boolean diskPressure() throws IOException {
    var store = Files.getFileStore(data);
    return store.getUsableSpace() < store.getTotalSpace() * LEAST_DISK;
  }

  private static boolean processPressure() throws IOException {
    long most = Long.parseLong(kernelSetting("pid_max"));
    String[] load = Files.readString(Path.of("/proc/loadavg")).split("[ /]");
    return Long.parseLong(load[4]) > most * MOST_PROCESSES;
  }

  /** Read at one go: these files end after the first read, however little that asked for. */
  private static String kernelSetting(String name) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("/proc/sys/kernel", name))) {
      return new String(in.readNBytes(64), StandardCharsets.US_ASCII).strip();
    }
  }
}

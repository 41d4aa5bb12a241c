package dev.argosy.agent.cpu;

import dev.argosy.agent.pod.resize.ContainerSize;
import dev.argosy.agent.pod.resize.PodSizes;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The processors that containers run on: told to the engine, and read from the kernel. */
final class RunningCpus {

  private static final Logger LOG = LoggerFactory.getLogger(RunningCpus.class);

  private final ContainerRuntime runtime;
  private final Path proc;
  private final Map<String, CpuSet> pinned = new HashMap<>();

  RunningCpus(ContainerRuntime runtime, Path proc) {
    this.runtime = runtime;
    this.proc = proc;
  }

  /** A container, as a ledger names it. */
  static String owner(String podUid, String container) {
    return podUid + "/" + container;
  }

  private static String owner(Container container) {
    Map<String, String> labels = container.labels();
    return owner(PodLabels.uid(labels).orElse(""), labels.getOrDefault(PodLabels.CONTAINER, ""));
  }

  /** Lets each container run where the ledger says, if it was not told so already. */
  void pin(CpuLedger ledger) throws RuntimeFailure {
    Set<String> running = new HashSet<>();
    for (Container one : runtime.containers(Map.of())) {
      if (one.state() instanceof Container.Running) {
        running.add(one.id());
        CpuSet own = ledger.exclusive().getOrDefault(owner(one), ledger.shared());
        if (!own.equals(pinned.get(one.id()))) {
          pin(one.id(), own);
        }
      }
    }
    pinned.keySet().retainAll(running);
  }

  private void pin(String id, CpuSet cpus) {
    try {
      runtime.pinContainer(id, cpus.toString());
      pinned.put(id, cpus);
    } catch (RuntimeFailure e) {
      LOG.debug("container {} does not run on {}: {}", id, cpus, e.getMessage());
    }
  }

  /**
   * A ledger with those who have processors of their own: a running container that asked for whole
   * ones and runs on that many was given them.
   */
  CpuLedger found(CpuLedger empty) throws RuntimeFailure {
    CpuLedger found = empty;
    for (Container one : runtime.containers(Map.of())) {
      if (one.state() instanceof Container.Running running) {
        CpuSet cpus = allowed(running.pid());
        if (cpus.size() > 0 && cpus.size() == asked(one)) {
          try {
            found = found.with(owner(one), cpus);
          } catch (IllegalArgumentException shared) {
            LOG.debug("container {} has none of its own: {}", one.id(), shared.getMessage());
          }
        }
      }
    }
    return found;
  }

  private static int asked(Container container) {
    try {
      var resources = Json.mapper().readTree(container.labels().getOrDefault(PodSizes.LABEL, "{}"));
      ContainerSize size = ContainerSize.of(resources);
      boolean all =
          size.cpuRequestThousandths() == size.cpuLimitThousandths()
              && size.memoryLimitBytes() > 0
              && size.memoryRequestBytes() == size.memoryLimitBytes();
      return all ? ExclusiveCpus.whole(size) : 0;
    } catch (JacksonException e) {
      return 0;
    }
  }

  private CpuSet allowed(int pid) {
    try {
      for (String line : Files.readAllLines(proc.resolve(pid + "/status"))) {
        if (line.startsWith("Cpus_allowed_list:")) {
          return CpuSet.parse(line.substring(line.indexOf(':') + 1));
        }
      }
    } catch (IOException | IllegalArgumentException gone) {
      LOG.debug("not read: {}", gone.toString());
    }
    return CpuSet.NONE;
  }
}

package dev.argosy.agent.resource;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.PodUse;
import dev.argosy.agent.pressure.PodUses;
import dev.argosy.agent.pressure.Signal;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.storage.DiskBook;
import dev.argosy.agent.storage.PodDisk;
import dev.argosy.agent.use.ProcessCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What pods use of what the node is short of: memory as it is looked at anyway, the rest now. */
final class MeasuredUses implements PodUses {

  private static final Logger LOG = LoggerFactory.getLogger(MeasuredUses.class);

  private final ContainerRuntime runtime;
  private final Supplier<Map<String, Map<String, Long>>> memory;
  private final DiskBook disk;
  private final ProcessCounts processes;

  /**
   * @param memory bytes by uid and container
   */
  MeasuredUses(
      ContainerRuntime runtime,
      Supplier<Map<String, Map<String, Long>>> memory,
      DiskBook disk,
      ProcessCounts processes) {
    this.runtime = runtime;
    this.memory = memory;
    this.disk = disk;
    this.processes = processes;
  }

  @Override
  public List<PodUse> of(Signal signal, List<PodView> pods) {
    Map<String, Map<String, Long>> bytes = memory.get();
    Map<String, PodDisk> disks = Map.of();
    Map<String, Long> counts = Map.of();
    try {
      switch (signal) {
        case MEMORY -> {}
        case NODE_DISK, NODE_INODES, IMAGE_DISK, IMAGE_INODES -> disks = disk.of(pods);
        case PROCESSES -> counts = counts();
      }
    } catch (RuntimeFailure e) {
      LOG.warn("what pods use of {} cannot be told: {}", signal, e.getMessage());
    }
    Map<String, PodDisk> onDisk = disks;
    Map<String, Long> running = counts;
    return pods.stream()
        .map(pod -> {
          PodDisk own = onDisk.getOrDefault(pod.uid(), PodDisk.EMPTY);
          return new PodUse(
              pod,
              bytes.getOrDefault(pod.uid(), Map.of()),
              own.containers(),
              own.volumeBytes(),
              own.inodes(),
              running.getOrDefault(pod.uid(), 0L));
        })
        .toList();
  }

  private Map<String, Long> counts() throws RuntimeFailure {
    Map<String, Long> counts = new HashMap<>();
    for (Container one : runtime.containers(Map.of())) {
      if (one.state() instanceof Container.Running running) {
        PodLabels.uid(one.labels())
            .ifPresent(uid -> counts.merge(uid, processes.of(running.pid()), Long::sum));
      }
    }
    return counts;
  }
}

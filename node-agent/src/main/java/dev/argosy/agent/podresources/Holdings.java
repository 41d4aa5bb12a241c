package dev.argosy.agent.podresources;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Who has what on the node, and what there is in all. Any thread. */
public interface Holdings {

  /**
   * Devices of one resource.
   *
   * @param numaNodes those that they are near to; empty if that is not known
   */
  record Devices(String resource, Collection<String> ids, Set<Integer> numaNodes) {}

  /**
   * Memory of some NUMA nodes.
   *
   * @param type {@code memory}, or huge pages as {@code hugepages-2Mi}
   */
  record Memory(String type, long bytes, Set<Integer> numaNodes) {}

  List<Devices> devices(PodView pod, ContainerView container);

  /** Processors of its own. */
  Collection<Integer> cpus(PodView pod, ContainerView container);

  List<Memory> memory(PodView pod, ContainerView container);

  /** Those that are healthy, whoever has them. */
  List<Devices> allDevices();

  /** Those that can be given away, or are. */
  Collection<Integer> allCpus();

  List<Memory> allMemory();
}

package dev.argosy.agent.resource;

import dev.argosy.agent.cpu.ExclusiveCpus;
import dev.argosy.agent.memory.NodeMemory;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.podresources.Holdings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who has what, by those who give it. */
record NodeHoldings(
    dev.argosy.agent.device.Devices given,
    Optional<ExclusiveCpus> processors,
    Optional<NodeMemory> nodes)
    implements Holdings {

  @Override
  public List<Devices> devices(PodView pod, ContainerView container) {
    return near(given.ids(pod, container));
  }

  @Override
  public List<Devices> allDevices() {
    return near(given.healthy());
  }

  /** Devices that are near to the same nodes go together. */
  private List<Devices> near(Map<String, Set<String>> ids) {
    List<Devices> all = new ArrayList<>();
    ids.forEach((resource, some) ->
        given
            .places(resource, some)
            .forEach((nodes, those) -> all.add(new Devices(resource, those, nodes))));
    return all;
  }

  @Override
  public Collection<Integer> cpus(PodView pod, ContainerView container) {
    return processors.map(own -> own.exclusive(pod, container)).orElse(List.of());
  }

  @Override
  public Collection<Integer> allCpus() {
    return processors.map(ExclusiveCpus::allocatable).orElse(List.of());
  }

  @Override
  public List<Memory> memory(PodView pod, ContainerView container) {
    List<Memory> all = new ArrayList<>();
    nodes.ifPresent(own -> {
      Set<Integer> on = own.nodes(pod, container);
      own.bytes(pod, container).forEach((type, bytes) -> all.add(new Memory(type, bytes, on)));
    });
    return all;
  }

  @Override
  public List<Memory> allMemory() {
    List<Memory> all = new ArrayList<>();
    nodes.ifPresent(own ->
        own.offered()
            .forEach((node, amounts) ->
                amounts.forEach((type, bytes) -> all.add(new Memory(type, bytes, Set.of(node))))));
    return all;
  }
}

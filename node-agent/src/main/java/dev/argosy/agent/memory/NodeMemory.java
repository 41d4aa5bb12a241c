package dev.argosy.agent.memory;

import dev.argosy.agent.memory.MemoryLedger.Block;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.topology.Aligned;
import dev.argosy.agent.topology.Hint;
import dev.argosy.agent.topology.NumaNodes;
import dev.argosy.model.schema.validation.QosClass;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives memory of certain NUMA nodes to containers of Guaranteed pods, and takes it back. */
public final class NodeMemory implements Aligned {

  private final NumaNodes machine;
  private final MemoryFile file;
  private final Set<String> missed = new HashSet<>();
  private MemoryLedger ledger;

  /** Whether the file says what the ledger says. */
  private boolean kept = true;

  /**
   * @param reserved as the option says; empty for what must be reserved, on the first nodes
   * @param kept bytes that pods do not get of the whole machine
   * @param file where it is kept who has which
   * @throws IllegalArgumentException if that does not fit the machine
   */
  public NodeMemory(NumaNodes machine, String reserved, long kept, Path file) {
    this.machine = machine;
    this.file = new MemoryFile(file);
    this.ledger =
        new MemoryLedger(ReservedMemory.offered(reserved, machine, kept), this.file.load());
  }

  @Override
  public synchronized List<List<Hint>> hints(
      PodView pod, List<ContainerView> containers, NumaNodes any) {
    Map<String, Long> wanted = new HashMap<>();
    long present = 0;
    for (ContainerView container : containers) {
      Block own = ledger.blocks().get(owner(pod, container));
      present |= own == null ? 0 : own.nodes();
      wanted(pod, container).forEach((name, bytes) -> wanted.merge(name, bytes, Long::sum));
    }
    if (wanted.isEmpty()) {
      return List.of();
    }
    return List.of(present != 0 ? List.of(new Hint(present, true)) : ledger.hints(wanted));
  }

  @Override
  public synchronized Optional<Rejection> give(
      PodView pod, ContainerView container, NumaNodes any, long nodes) {
    Map<String, Long> wanted = wanted(pod, container);
    String owner = owner(pod, container);
    if (wanted.isEmpty() || ledger.blocks().containsKey(owner)) {
      return Optional.empty();
    }
    Optional<MemoryLedger> next = ledger.give(owner, wanted, nodes);
    if (next.isEmpty()) {
      return Optional.of(
          new Rejection(
              "UnexpectedAdmissionError",
              "Allocate failed due to failed to get the default NUMA affinity, no NUMA nodes with"
                  + " enough memory is available, which is unexpected"));
    }
    become(next.get());
    return Optional.empty();
  }

  /** The nodes that a container's memory is to lie on, such as {@code 0,1}; empty for all. */
  public synchronized String of(PodView pod, ContainerView container) {
    Block own = ledger.blocks().get(owner(pod, container));
    return own == null
        ? ""
        : machine.numbers(own.nodes()).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
  }

  /** The nodes on which a container was promised memory. */
  public synchronized Set<Integer> nodes(PodView pod, ContainerView container) {
    Block own = ledger.blocks().get(owner(pod, container));
    return own == null ? Set.of() : machine.numbers(own.nodes());
  }

  /** What a container was promised there, by resource. */
  public synchronized Map<String, Long> bytes(PodView pod, ContainerView container) {
    Block own = ledger.blocks().get(owner(pod, container));
    return own == null ? Map.of() : own.bytes();
  }

  /** What nodes give, bytes by resource. */
  public synchronized Map<Integer, Map<String, Long>> offered() {
    return ledger.offered();
  }

  @Override
  public synchronized void keep(PodView pod) {
    for (ContainerView container : pod.all()) {
      give(pod, container, machine, 0);
    }
  }

  @Override
  public synchronized void free(PodView pod) {
    become(ledger.without(pod.uid()));
  }

  /** Takes back what pods had that are not here any more, once they were missed twice. */
  public synchronized void follow(List<PodView> active) {
    Set<String> lost = ledger.pods();
    active.forEach(pod -> lost.remove(pod.uid()));
    missed.retainAll(lost);
    for (String uid : lost) {
      if (!missed.add(uid)) {
        become(ledger.without(uid));
      }
    }
    kept = kept || file.save(ledger.blocks());
  }

  private void become(MemoryLedger next) {
    if (!next.equals(ledger)) {
      ledger = next;
      kept = file.save(next.blocks());
    }
  }

  /** Memory and huge pages that a container is promised; an init container passes. */
  private static Map<String, Long> wanted(PodView pod, ContainerView container) {
    Map<String, Long> wanted = new HashMap<>();
    boolean passing = container.ephemeral() || (container.init() && !container.sidecar());
    if (!passing && QosClass.of(pod.spec()).equals("Guaranteed")) {
      container
          .resources()
          .path("limits")
          .properties()
          .forEach(e -> {
            boolean memory = e.getKey().equals("memory") || e.getKey().startsWith("hugepages-");
            long bytes = memory ? Quantities.whole(e.getValue().asString("")) : 0;
            if (bytes > 0) {
              wanted.put(e.getKey(), bytes);
            }
          });
    }
    return wanted;
  }

  private static String owner(PodView pod, ContainerView container) {
    return pod.uid() + "/" + container.name();
  }
}

package dev.argosy.agent.cpu;

import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.resize.ContainerSize;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.topology.Aligned;
import dev.argosy.agent.topology.Hint;
import dev.argosy.agent.topology.Hints;
import dev.argosy.agent.topology.NumaNodes;
import dev.argosy.model.schema.validation.QosClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives processors away and takes them back; all other containers run on what is left. What cannot
 * be told to the engine now is told within a minute.
 */
public final class ExclusiveCpus implements Check, Aligned {

  private static final Logger LOG = LoggerFactory.getLogger(ExclusiveCpus.class);

  private final CpuTopology topology;
  private final CpuFile file;
  private final RunningCpus running;
  private CpuLedger ledger;
  private boolean recovered;

  /** Whether the file says what the ledger says. */
  private boolean kept = true;

  ExclusiveCpus(
      CpuTopology topology, CpuSet reserved, Path file, ContainerRuntime runtime, Path proc) {
    this.topology = topology;
    this.file = new CpuFile(file);
    this.running = new RunningCpus(runtime, proc);
    CpuLedger empty = new CpuLedger(topology.all(), reserved, Map.of());
    Optional<CpuLedger> saved = this.file.load(empty);
    this.recovered = saved.isPresent();
    this.ledger = saved.orElse(empty);
  }

  /**
   * Of this machine.
   *
   * @param reserved for all who have none of their own, such as {@code 0-1}
   * @param file where it is kept who has which
   * @throws IllegalArgumentException if the machine has no such processors, or no others
   */
  public static ExclusiveCpus of(
      Path machine, String reserved, Path file, ContainerRuntime runtime, Path proc)
      throws IOException {
    CpuTopology topology = CpuTopology.read(machine);
    CpuSet own = CpuSet.parse(reserved);
    if (own.isEmpty() || !topology.all().holds(own) || own.equals(topology.all())) {
      throw new IllegalArgumentException(
          "--cpu-manager-policy=static needs processors for the node itself, and others for pods:"
              + " of "
              + topology.all()
              + " give some with --reserved-cpus, not \""
              + own
              + "\"");
    }
    return new ExclusiveCpus(topology, own, file, runtime, proc);
  }

  /** Takes what a new pod needs, or says that there is not enough. */
  @Override
  public synchronized Optional<Rejection> admit(PodView pod) {
    for (ContainerView container : pod.all()) {
      Optional<Rejection> why = give(pod, container, CpuSet.NONE);
      if (why.isPresent()) {
        free(pod);
        return why;
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized Optional<Rejection> give(
      PodView pod, ContainerView container, NumaNodes machine, long nodes) {
    return give(pod, container, CpuSet.of(machine.cpus(nodes)));
  }

  private Optional<Rejection> give(PodView pod, ContainerView container, CpuSet near) {
    try {
      recover();
    } catch (RuntimeFailure notYet) {
      return Optional.empty(); // it gets them when it starts
    }
    int wanted = wanted(pod, container);
    if (wanted == 0 || ledger.exclusive().containsKey(owner(pod, container))) {
      return Optional.empty();
    }
    Optional<CpuLedger> given = ledger.give(owner(pod, container), wanted, topology, near);
    given.ifPresent(this::become);
    return given.isPresent()
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "UnexpectedAdmissionError",
                "Allocate failed due to not enough cpus available to satisfy request: requested=%d, available=%d, which is unexpected"
                    .formatted(wanted, ledger.free().size())));
  }

  @Override
  public synchronized List<List<Hint>> hints(
      PodView pod, List<ContainerView> containers, NumaNodes machine) {
    int wanted = containers.stream().mapToInt(one -> wanted(pod, one)).sum();
    if (wanted == 0) {
      return List.of();
    }
    CpuSet own =
        containers.stream()
            .map(one -> ledger.exclusive().getOrDefault(owner(pod, one), CpuSet.NONE))
            .reduce(CpuSet.NONE, CpuSet::plus);
    if (!own.isEmpty()) {
      return List.of(List.of(new Hint(machine.beside(Set.copyOf(own.numbers())), true)));
    }
    CpuSet free = ledger.free();
    return List.of(
        Hints.of(
            machine.everyNode(),
            nodes -> machine.cpus(nodes).size() >= wanted,
            nodes -> CpuSet.of(machine.cpus(nodes)).and(free).size() >= wanted));
  }

  @Override
  public void keep(PodView pod) {
    // it is in the file
  }

  @Override
  public boolean later(PodView pod) {
    return false;
  }

  @Override
  public synchronized void free(PodView pod) {
    Set<String> left = new HashSet<>(ledger.exclusive().keySet());
    left.removeIf(owner -> owner.startsWith(pod.uid() + "/"));
    become(ledger.keepOnly(left));
  }

  /** The processors that a container is to run on. Others have left them when this returns. */
  public synchronized String of(PodView pod, ContainerView container) throws RuntimeFailure {
    recover();
    String owner = owner(pod, container);
    int wanted = container.ephemeral() ? 0 : wanted(pod, container);
    if (wanted > 0 && !ledger.exclusive().containsKey(owner)) {
      Optional<CpuLedger> given = ledger.give(owner, wanted, topology, CpuSet.NONE);
      if (given.isEmpty()) {
        LOG.warn("{} of {} shares its processors: none are left", container.name(), pod);
      }
      given.ifPresent(this::become);
    }
    CpuSet own = ledger.exclusive().get(owner);
    if (own != null) {
      running.pin(ledger);
      return own.toString();
    }
    return ledger.shared().toString();
  }

  /** The processors that a container has for its own. */
  public synchronized Collection<Integer> exclusive(PodView pod, ContainerView container) {
    return ledger.exclusive().getOrDefault(owner(pod, container), CpuSet.NONE).numbers();
  }

  /** Those that containers can have, or have, for their own. */
  public synchronized Collection<Integer> allocatable() {
    return ledger.all().minus(ledger.reserved()).numbers();
  }

  /** Takes back what pods had that have come to their end, and lets the others know. */
  public synchronized void follow(List<PodView> active) {
    try {
      recover();
      Set<String> owners = new HashSet<>();
      active.forEach(pod -> pod.all().forEach(c -> owners.add(owner(pod, c))));
      become(ledger.keepOnly(owners));
      kept = kept || file.save(ledger);
      running.pin(ledger);
    } catch (RuntimeFailure e) {
      LOG.debug("not now: {}", e.getMessage());
    }
  }

  private void become(CpuLedger next) {
    if (!next.equals(ledger)) {
      ledger = next;
      kept = file.save(next);
    }
  }

  /** Whole processors that a container asks for in a pod that is promised all that it asks for. */
  static int wanted(PodView pod, ContainerView container) {
    boolean passing = container.init() && !container.sidecar();
    return passing || !QosClass.of(pod.spec()).equals("Guaranteed")
        ? 0
        : whole(ContainerSize.of(container.resources()));
  }

  static int whole(ContainerSize size) {
    long asked = size.cpuLimitThousandths();
    return asked > 0 && asked % 1000 == 0 ? Math.toIntExact(asked / 1000) : 0;
  }

  private static String owner(PodView pod, ContainerView container) {
    return RunningCpus.owner(pod.uid(), container.name());
  }

  /** After its file was lost. */
  private void recover() throws RuntimeFailure {
    if (recovered) {
      return;
    }
    ledger = running.found(ledger);
    recovered = true;
    kept = file.save(ledger);
  }
}

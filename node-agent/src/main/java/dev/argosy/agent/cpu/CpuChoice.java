package dev.argosy.agent.cpu;

import dev.argosy.agent.cpu.CpuTopology.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of the free processors are taken: whole sockets while that many are wanted, then whole
 * cores, then single ones beside those that are in use; so little is torn apart.
 */
final class CpuChoice {

  private final CpuTopology topology;
  private CpuSet free;
  private CpuSet taken = CpuSet.NONE;
  private int missing;

  private CpuChoice(CpuTopology topology, CpuSet free, int wanted) {
    this.topology = topology;
    this.free = free;
    this.missing = wanted;
  }

  /** Empty if there are not enough. */
  static Optional<CpuSet> take(CpuTopology topology, CpuSet free, int wanted) {
    if (wanted > free.size()) {
      return Optional.empty();
    }
    CpuChoice choice = new CpuChoice(topology, free, wanted);
    choice.wholeSockets();
    choice.wholeCores();
    choice.single();
    return Optional.of(choice.taken);
  }

  private void take(CpuSet cpus) {
    taken = taken.plus(cpus);
    free = free.minus(cpus);
    missing -= cpus.size();
  }

  private void wholeSockets() {
    topology.places().values().stream()
        .map(Place::socket)
        .distinct()
        .sorted()
        .forEach(socket -> {
          CpuSet all = topology.ofSocket(socket);
          if (all.size() <= missing && free.holds(all)) {
            take(all);
          }
        });
  }

  private void wholeCores() {
    List<Place> cores =
        topology.places().values().stream()
            .distinct()
            .sorted(fullestFirst().thenComparing(Place::core))
            .toList();
    for (Place core : cores) {
      CpuSet all = topology.ofCore(core);
      if (all.size() <= missing && free.holds(all)) {
        take(all);
      }
    }
  }

  private void single() {
    List<Integer> rest =
        free.numbers().stream()
            .sorted(
                Comparator.comparing(this::place, fullestFirst())
                    .thenComparing(cpu -> topology.ofCore(place(cpu)).and(free).size())
                    .thenComparing(Comparator.naturalOrder()))
            .limit(missing)
            .toList();
    take(CpuSet.of(rest));
  }

  private Place place(int cpu) {
    return Objects.requireNonNull(topology.places().get(cpu));
  }

  /** Sockets of which least is free. */
  private Comparator<Place> fullestFirst() {
    CpuSet now = free;
    return Comparator.comparing((Place place) -> topology.ofSocket(place.socket()).and(now).size())
        .thenComparing(Place::socket);
  }
}

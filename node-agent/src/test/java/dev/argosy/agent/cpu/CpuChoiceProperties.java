package dev.argosy.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.cpu.CpuTopology.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Which processors are given, on whatever machine, in whatever order. */
final class CpuChoiceProperties {

  /** Threads of a core are as far apart as there are cores, as machines number them. */
  private static CpuTopology machine(int sockets, int cores, int threads) {
    Map<Integer, Place> places = new HashMap<>();
    for (int thread = 0; thread < threads; thread++) {
      for (int core = 0; core < sockets * cores; core++) {
        places.put(thread * sockets * cores + core, new Place(core % cores, core / cores));
      }
    }
    return new CpuTopology(places);
  }

  @Property(tries = 300)
  void nobodyHasWhatAnotherHasAndNothingIsLost(
      @ForAll @IntRange(min = 1, max = 2) int sockets,
      @ForAll @IntRange(min = 1, max = 4) int cores,
      @ForAll @IntRange(min = 1, max = 2) int threads,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 5) Integer> wishes) {
    CpuTopology topology = machine(sockets, cores, threads);
    CpuLedger ledger = new CpuLedger(topology.all(), CpuSet.parse("0"), Map.of());
    int number = 0;
    for (int wanted : wishes) {
      int free = ledger.free().size();
      Optional<CpuLedger> next = ledger.give("pod" + ++number, wanted, topology, CpuSet.NONE);
      assertThat(next.isPresent()).isEqualTo(wanted <= free);
      ledger = next.orElse(ledger);
      Set<Integer> seen = new HashSet<>(ledger.shared().numbers());
      assertThat(seen).contains(0);
      for (CpuSet one : ledger.exclusive().values()) {
        assertThat(one.numbers()).allMatch(seen::add);
      }
      assertThat(seen).hasSize(topology.all().size());
      if (number % 3 == 0) {
        Set<String> left = new HashSet<>(ledger.exclusive().keySet());
        left.remove("pod" + (number - 1));
        ledger = ledger.keepOnly(left);
      }
    }
    assertThat(ledger.keepOnly(Set.of()).shared()).isEqualTo(topology.all());
  }

  @Example
  void coresAreNotTornApartWithoutNeed() {
    CpuTopology topology = machine(2, 4, 2); // threads n and n + 8 share a core
    CpuSet free = topology.all().minus(CpuSet.parse("0"));
    assertThat(CpuChoice.take(topology, free, 2)).contains(CpuSet.parse("1,9"));
    assertThat(CpuChoice.take(topology, free, 1)).contains(CpuSet.parse("8"));
    assertThat(CpuChoice.take(topology, free, 3)).contains(CpuSet.parse("1,8,9"));
    assertThat(CpuChoice.take(topology, free, 8)).contains(CpuSet.parse("4-7,12-15"));
    assertThat(CpuChoice.take(topology, free, 16)).isEmpty();
  }

  @Example
  void listsAreReadAsTheKernelWritesThem() {
    assertThat(CpuSet.parse(" 0-2,5\n").numbers()).containsExactly(0, 1, 2, 5);
    assertThat(CpuSet.parse("")).isEqualTo(CpuSet.NONE);
    assertThat(CpuSet.parse("3,1").toString()).isEqualTo("1,3");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> CpuSet.parse("0-x"))
        .hasMessage("\"0-x\" is no list of processors; one is written like 0-3,5");
  }
}

package dev.argosy.agent.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.memory.MemoryLedger.Block;
import dev.argosy.agent.topology.NumaNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Memory of nodes is never promised twice. */
final class MemoryLedgerProperties {

  private static final int NODES = 3;
  private static final long EACH = 100;
  private static final String MEMORY = "memory";

  record Step(int pod, long bytes, long near, boolean goes) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Arbitraries.longs().between(1, 250),
            Arbitraries.longs().between(0, 7),
            Arbitraries.of(true, false, false))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  private static MemoryLedger empty() {
    Map<Integer, Map<String, Long>> offered = new HashMap<>();
    for (int node = 0; node < NODES; node++) {
      offered.put(node, Map.of(MEMORY, EACH));
    }
    return new MemoryLedger(offered, Map.of());
  }

  private static long nodes(MemoryLedger ledger, String owner) {
    return Objects.requireNonNull(ledger.blocks().get(owner)).nodes();
  }

  @Property(tries = 500)
  void noMoreIsPromisedThanThereIs(@ForAll("steps") List<Step> steps) {
    MemoryLedger ledger = empty();
    for (Step step : steps) {
      String uid = "u" + step.pod();
      if (step.goes()) {
        ledger = ledger.without(uid);
      } else if (!ledger.blocks().containsKey(uid + "/c")) {
        Optional<MemoryLedger> next =
            ledger.give(uid + "/c", Map.of(MEMORY, step.bytes()), step.near());
        if (next.isPresent()) {
          ledger = next.get();
          long nodes = nodes(ledger, uid + "/c");
          assertThat(nodes & step.near()).isEqualTo(step.near());
        }
      }
      Map<Long, Long> byGroup = new HashMap<>();
      long[] seen = {0};
      for (Block block : ledger.blocks().values()) {
        byGroup.merge(block.nodes(), block.bytes().getOrDefault(MEMORY, 0L), Long::sum);
      }
      byGroup.forEach((nodes, bytes) -> {
        assertThat(seen[0] & nodes).as("a node is in one group").isZero();
        seen[0] |= nodes;
        assertThat(bytes).isLessThanOrEqualTo(Long.bitCount(nodes) * EACH);
      });
    }
  }

  @Property(tries = 200)
  void onAnEmptyMachineTheFewestNodesAreTaken(@ForAll("bytes") long bytes) {
    Optional<MemoryLedger> next = empty().give("u/c", Map.of(MEMORY, bytes), 0);
    assertThat(next.isPresent()).isEqualTo(bytes <= NODES * EACH);
    next.ifPresent(ledger ->
        assertThat(Long.bitCount(nodes(ledger, "u/c")))
            .isEqualTo((int) ((bytes + EACH - 1) / EACH)));
  }

  @Provide
  Arbitrary<Long> bytes() {
    return Arbitraries.longs().between(1, 400);
  }

  @Example
  void whatIsReservedIsSaidOrTakenFromTheFirstNodes() {
    NumaNodes machine =
        new NumaNodes(
            Map.of(
                0, new NumaNodes.Node(Set.of(0), Map.of(MEMORY, 4096L)),
                1, new NumaNodes.Node(Set.of(1), Map.of(MEMORY, 4096L))));
    assertThat(ReservedMemory.offered("", machine, 5000))
        .isEqualTo(Map.of(0, Map.of(MEMORY, 0L), 1, Map.of(MEMORY, 3192L)));
    assertThat(ReservedMemory.offered("0:memory=1Ki;1:memory=2Ki", machine, 3072))
        .isEqualTo(Map.of(0, Map.of(MEMORY, 3072L), 1, Map.of(MEMORY, 2048L)));
    for (String wrong :
        List.of("0:memory=1Ki", "2:memory=3Ki", "0:memory=5Ki", "0", "0:memory=x")) {
      assertThatThrownBy(() -> ReservedMemory.offered(wrong, machine, 3072))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--reserved-memory");
    }
  }
}

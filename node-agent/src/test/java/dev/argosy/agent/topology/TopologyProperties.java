package dev.argosy.agent.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.topology.TopologyPolicy.Choice;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What policies make of hints, on a machine of four nodes. */
final class TopologyProperties {

  private static final long ALL = 0b1111;

  @Provide
  Arbitrary<List<List<Hint>>> resources() {
    Arbitrary<Hint> hint =
        Combinators.combine(Arbitraries.longs().between(1, ALL), Arbitraries.of(true, false, false))
            .as(Hint::new);
    return hint.list().ofMaxSize(5).list().ofMinSize(1).ofMaxSize(3);
  }

  @Property(tries = 500)
  void whereAllAgreeIsWithinWhatEachOffers(@ForAll("resources") List<List<Hint>> resources) {
    for (TopologyPolicy policy : TopologyPolicy.values()) {
      Choice choice = policy.choose(ALL, resources);
      if (choice.nodes() != 0) {
        assertThat(resources)
            .allMatch(hints ->
                hints.isEmpty()
                    || hints.stream()
                        .anyMatch(h -> (h.nodes() & choice.nodes()) == choice.nodes()));
      }
    }
  }

  @Property(tries = 500)
  void aStricterPolicyTakesNoMore(@ForAll("resources") List<List<Hint>> resources) {
    assertThat(TopologyPolicy.NONE.choose(ALL, resources)).isEqualTo(new Choice(0, true));
    assertThat(TopologyPolicy.BEST_EFFORT.choose(ALL, resources).taken()).isTrue();
    Choice single = TopologyPolicy.SINGLE_NUMA_NODE.choose(ALL, resources);
    if (single.taken()) {
      assertThat(TopologyPolicy.RESTRICTED.choose(ALL, resources).taken()).isTrue();
      assertThat(Long.bitCount(single.nodes())).isEqualTo(1);
    }
  }

  @Property(tries = 300)
  void theOrderOfResourcesDoesNotMatter(@ForAll("resources") List<List<Hint>> resources) {
    for (TopologyPolicy policy : TopologyPolicy.values()) {
      assertThat(policy.choose(ALL, resources.reversed())).isEqualTo(policy.choose(ALL, resources));
    }
  }

  @Property(tries = 300)
  void hintsAreWhatFitsAndTheSmallestArePreferred(
      @ForAll("rooms") List<Integer> free, @ForAll("wish") int wanted) {
    List<Hint> hints =
        Hints.of(
            ALL, nodes -> Long.bitCount(nodes) * 4 >= wanted, nodes -> sum(free, nodes) >= wanted);
    for (long nodes = 1; nodes <= ALL; nodes++) {
      long these = nodes;
      boolean fits = sum(free, these) >= wanted;
      assertThat(hints.stream().anyMatch(h -> h.nodes() == these)).isEqualTo(fits);
    }
    int least = (wanted + 3) / 4;
    assertThat(hints).allMatch(h -> h.preferred() == (h.size() == least));
  }

  @Provide
  Arbitrary<List<Integer>> rooms() {
    return Arbitraries.integers().between(0, 4).list().ofSize(4);
  }

  @Provide
  Arbitrary<Integer> wish() {
    return Arbitraries.integers().between(1, 16);
  }

  private static int sum(List<Integer> free, long nodes) {
    int sum = 0;
    for (int node = 0; node < free.size(); node++) {
      sum += (nodes >> node & 1) == 1 ? free.get(node) : 0;
    }
    return sum;
  }

  @Example
  void kubernetesOwnExamples() {
    Hint zero = new Hint(0b01, true);
    Hint one = new Hint(0b10, true);
    Hint both = new Hint(0b11, false);
    List<List<Hint>> agree = List.of(List.of(zero, one, both), List.of(one, both));
    List<List<Hint>> apart = List.of(List.of(zero), List.of(one));
    List<List<Hint>> wide = List.of(List.of(both), List.of(zero, one, both));
    assertThat(TopologyPolicy.SINGLE_NUMA_NODE.choose(0b11, agree))
        .isEqualTo(new Choice(0b10, true));
    assertThat(TopologyPolicy.RESTRICTED.choose(0b11, apart).taken()).isFalse();
    assertThat(TopologyPolicy.BEST_EFFORT.choose(0b11, apart)).isEqualTo(new Choice(0, true));
    assertThat(TopologyPolicy.RESTRICTED.choose(0b11, wide).taken()).isFalse();
    Choice part = TopologyPolicy.BEST_EFFORT.choose(0b11, wide);
    assertThat(part.taken()).isTrue();
    assertThat(part.nodes()).isEqualTo(0b01);
    List<List<Hint>> needsTwo = List.of(List.of(new Hint(0b11, true)));
    assertThat(TopologyPolicy.RESTRICTED.choose(0b11, needsTwo).taken()).isTrue();
    assertThat(TopologyPolicy.SINGLE_NUMA_NODE.choose(0b11, needsTwo).taken()).isFalse();
    assertThat(TopologyPolicy.SINGLE_NUMA_NODE.choose(0b11, List.of(List.of())).taken()).isFalse();
  }
}

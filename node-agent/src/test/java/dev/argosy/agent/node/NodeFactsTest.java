package dev.argosy.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node says that it has, and what of it pods may ask for. */
final class NodeFactsTest {

  private static final long MI = 1L << 20;

  private static NodeFacts machine(Map<String, Long> hugePages) {
    return new NodeFacts(
        2, 1000 * MI, 5000 * MI, "amd64", "6", "Linux", "m", "b", hugePages, Kept.NOTHING);
  }

  @Test
  void allOfItUnlessSomethingIsKept() {
    NodeFacts facts = machine(Map.of());
    assertThat(facts.capacity())
        .isEqualTo(
            Map.of(
                "cpu",
                "2",
                "memory",
                "1024000Ki",
                "ephemeral-storage",
                "5120000Ki",
                "pods",
                "110"));
    assertThat(facts.allocatable()).isEqualTo(facts.capacity());
  }

  @Test
  void whatIsKeptIsCapacityAndNotAllocatable() {
    NodeFacts facts = machine(Map.of()).keeping(new Kept(100, 200 * MI, 500 * MI));
    assertThat(facts.capacity()).isEqualTo(machine(Map.of()).capacity());
    assertThat(facts.allocatable())
        .containsEntry("cpu", "1900m")
        .containsEntry("memory", (800 << 10) + "Ki")
        .containsEntry("ephemeral-storage", (4500 << 10) + "Ki");
    assertThat(machine(Map.of()).keeping(new Kept(9999, 9999 * MI, 9999 * MI)).allocatable())
        .containsEntry("cpu", "0")
        .containsEntry("memory", "0Ki");
  }

  @Test
  void hugePagesAreTakenFromMemory() {
    NodeFacts facts = machine(Map.of("hugepages-2Mi", 100 * MI, "hugepages-1Gi", 0L));
    assertThat(facts.capacity())
        .containsEntry("hugepages-2Mi", "100Mi")
        .containsEntry("hugepages-1Gi", "0")
        .containsEntry("memory", "1024000Ki");
    assertThat(facts.allocatable())
        .containsEntry("hugepages-2Mi", "100Mi")
        .containsEntry("memory", (900 << 10) + "Ki");
  }
}

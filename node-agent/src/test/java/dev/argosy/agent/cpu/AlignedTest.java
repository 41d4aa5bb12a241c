package dev.argosy.agent.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.memory.NodeMemory;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.topology.NumaNodes;
import dev.argosy.agent.topology.Placement;
import dev.argosy.agent.topology.TopologyPolicy;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processors and memory together, on a machine of two nodes with four processors each. */
final class AlignedTest {

  private static final long EACH = 1000;
  private static final NumaNodes MACHINE =
      new NumaNodes(
          Map.of(
              0, new NumaNodes.Node(Set.of(0, 1, 2, 3), Map.of("memory", EACH)),
              1, new NumaNodes.Node(Set.of(4, 5, 6, 7), Map.of("memory", EACH))));

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private ExclusiveCpus cpus;
  private NodeMemory memory;

  @BeforeEach
  void start() {
    Map<Integer, CpuTopology.Place> places = new HashMap<>();
    for (int cpu = 0; cpu < 8; cpu++) {
      places.put(cpu, new CpuTopology.Place(cpu, cpu / 4));
    }
    cpus =
        new ExclusiveCpus(
            new CpuTopology(places), CpuSet.parse("0"), data.resolve("cpus"), runtime, data);
    memory = new NodeMemory(MACHINE, "", 200, data.resolve("memory"));
  }

  private Placement placement(TopologyPolicy policy, boolean wholePods) {
    return new Placement(policy, wholePods, MACHINE, List.of(cpus, memory));
  }

  /** A Guaranteed pod, each container with so many processors, and memory. */
  private static PodView pod(String name, long bytes, int... processors) {
    String containers =
        Stream.iterate(0, i -> i < processors.length, i -> i + 1)
            .map(i ->
                """
                {"name":"c%d","resources":{"limits":{"cpu":"%d","memory":"%d"},
                 "requests":{"cpu":"%d","memory":"%d"}}}
                """
                    .formatted(i, processors[i], bytes, processors[i], bytes))
            .collect(Collectors.joining(","));
    String json =
        "{\"metadata\":{\"name\":\"%s\",\"uid\":\"%s\"},\"spec\":{\"containers\":[%s]}}"
            .formatted(name, name, containers);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", name);
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private String at(PodView pod, int container) throws Exception {
    return cpus.of(pod, pod.containers().get(container))
        + "|"
        + memory.of(pod, pod.containers().get(container));
  }

  private static Optional<String> reason(Optional<Rejection> why) {
    return why.map(Rejection::reason);
  }

  @Test
  void whatMustLieOnOneNodeDoesOrIsRefused() throws Exception {
    Placement door = placement(TopologyPolicy.SINGLE_NUMA_NODE, false);
    PodView first = pod("first", 600, 2);
    PodView second = pod("second", 600, 2);
    PodView third = pod("third", 600, 1);
    assertThat(door.admit(first)).isEmpty();
    assertThat(at(first, 0)).isEqualTo("1,2|0");
    assertThat(door.admit(second)).isEmpty();
    assertThat(at(second, 0)).isEqualTo("4,5|1");
    assertThat(door.admit(third))
        .as("processors are left, but no memory beside them")
        .contains(
            new Rejection(
                "TopologyAffinityError", "Resources cannot be allocated with Topology locality"));
    door.free(third);
    door.free(first);
    assertThat(door.admit(third)).isEmpty();
    assertThat(at(third, 0)).isEqualTo("1|0");
    assertThat(door.admit(third)).as("again the same").isEmpty();
  }

  @Test
  void memoryDecidesWhereProcessorsAreTaken() throws Exception {
    Placement door = placement(TopologyPolicy.RESTRICTED, false);
    PodView large = pod("large", 900, 2);
    assertThat(door.admit(large)).isEmpty();
    assertThat(at(large, 0)).as("of node 0 some is reserved").isEqualTo("4,5|1");
  }

  @Test
  void wholePodsLieTogetherIfThatIsAskedFor() throws Exception {
    PodView pod = pod("pod", 100, 2, 2);
    Placement each = placement(TopologyPolicy.SINGLE_NUMA_NODE, false);
    assertThat(each.admit(pod)).isEmpty();
    assertThat(at(pod, 0)).isEqualTo("1,2|0");
    assertThat(at(pod, 1)).isEqualTo("4,5|1");
    each.free(pod);
    Placement whole = placement(TopologyPolicy.SINGLE_NUMA_NODE, true);
    assertThat(whole.admit(pod)).isEmpty();
    assertThat(at(pod, 0)).isEqualTo("4,5|1");
    assertThat(at(pod, 1)).isEqualTo("6,7|1");
    PodView tooLarge = pod("large", 100, 3, 2);
    assertThat(reason(whole.admit(tooLarge))).contains("TopologyAffinityError");
  }

  @Test
  void withoutAPolicyAllIsGivenAsItComesAndNoMoreThanThereIs() throws Exception {
    Placement door = placement(TopologyPolicy.NONE, false);
    PodView wide = pod("wide", 1500, 6);
    assertThat(door.admit(wide)).isEmpty();
    assertThat(memory.of(wide, wide.containers().getFirst())).isEqualTo("0,1");
    assertThat(reason(door.admit(pod("more", 10, 2)))).contains("UnexpectedAdmissionError");
    door.free(pod("more", 10, 2));
    assertThat(door.admit(pod("thirsty", 400, 1)).orElseThrow().message())
        .contains("no NUMA nodes with enough memory is available");
  }

  @Test
  void bestEffortTakesWhatDoesNotLieTogether() {
    Placement door = placement(TopologyPolicy.BEST_EFFORT, false);
    assertThat(door.admit(pod("wide", 100, 6))).isEmpty();
    assertThat(reason(placement(TopologyPolicy.RESTRICTED, false).admit(pod("other", 1900, 1))))
        .isPresent();
  }

  @Test
  void whoHasWhatIsKnownAfterARestart() throws Exception {
    Placement door = placement(TopologyPolicy.SINGLE_NUMA_NODE, false);
    PodView first = pod("first", 600, 2);
    assertThat(door.admit(first)).isEmpty();
    start();
    assertThat(at(first, 0)).isEqualTo("1,2|0");
    Placement next = placement(TopologyPolicy.SINGLE_NUMA_NODE, false);
    next.keep(first);
    PodView second = pod("second", 600, 2);
    assertThat(next.admit(second)).isEmpty();
    assertThat(at(second, 0)).isEqualTo("4,5|1");
    memory.follow(List.of(second));
    memory.follow(List.of(second));
    assertThat(memory.of(first, first.containers().getFirst())).isEmpty();
  }
}

package dev.argosy.bench.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.bench.scheduling.Placement.Node;
import dev.argosy.bench.scheduling.Placement.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was placed against a rule is seen. Six nodes in three zones. */
class PlacementTest {

  private static final Map<String, Node> NODES =
      IntStream.range(0, 6)
          .mapToObj(n ->
              new Node(
                  "node-" + n,
                  Map.of("topology.kubernetes.io/zone", "zone-" + n % 3),
                  1_000,
                  1_000,
                  3))
          .collect(Collectors.toMap(Node::name, Function.identity()));

  private final List<Pod> pods = new ArrayList<>();

  private Placement placement() {
    return new Placement(NODES, pods);
  }

  private void pod(String name, String node, Map<String, String> labels) {
    pods.add(new Pod("default", name, labels, node, 300, 10));
  }

  private void measured(String node) {
    pod(Trial.MEASURED + pods.size(), node, Map.of());
  }

  @Test
  void nodesOverCapacity() {
    measured("node-0");
    measured("node-0");
    measured("node-0");
    assertThat(placement().overfull()).isZero();
    measured("node-0");
    assertThat(placement().overfull()).isEqualTo(1);
    pods.add(new Pod("default", "large", Map.of(), "node-1", 1_001, 10));
    pods.add(new Pod("default", "waits", Map.of(), "", 5_000, 10));
    assertThat(placement().overfull()).isEqualTo(2);
  }

  @Test
  void skewBeyondFive() {
    Spread spread = new Spread("DoNotSchedule");
    IntStream.range(0, 5).forEach(n -> measured("node-0"));
    assertThat(spread.misplaced(placement())).isZero();
    measured("node-3"); // the same zone
    assertThat(spread.misplaced(placement())).isEqualTo(1);
    assertThat(new Spread("ScheduleAnyway").misplaced(placement())).isZero();
  }

  @Test
  void twoThatMustBeApart() {
    pod("a", "node-0", Map.of("color", "green"));
    pod("b", "node-1", Map.of("color", "green"));
    pod("c", "node-1", Map.of());
    assertThat(new Apart().misplaced(placement())).isZero();
    pod("d", "node-1", Map.of("color", "green"));
    assertThat(new Apart().misplaced(placement())).isEqualTo(2);
    assertThat(new ApartAcross().misplaced(placement())).isEqualTo(2);
  }

  @Test
  void outsideOfTheZone() {
    measured("node-0");
    measured("node-1");
    measured("node-2");
    assertThat(new InZone().misplaced(placement())).isEqualTo(1);
    assertThat(new Near().misplaced(placement())).isEqualTo(2);
  }

  @Test
  void daemonsElsewhere() {
    pod(Trial.MEASURED + 1, "node-1", Map.of("wanted", "node-1"));
    pod(Trial.MEASURED + 2, "node-1", Map.of("wanted", "node-2"));
    assertThat(new Workloads.Daemons().misplaced(placement())).isEqualTo(1);
  }

  @Test
  void preemptionForNobody() {
    IntStream.range(0, 24).forEach(n -> pod("low-" + n, "node-" + n % 6, Map.of()));
    assertThat(new Preemption().misplaced(placement())).isZero();
    pods.removeFirst();
    assertThat(new Preemption().misplaced(placement())).isEqualTo(1);
    measured("node-0");
    assertThat(new Preemption().misplaced(placement())).isZero();
  }

  @Test
  void thoseThatMustWait() {
    pod("gated-1", "", Map.of());
    pod("large-1", "", Map.of());
    assertThat(new Workloads.Gated().misplaced(placement())).isZero();
    pod("gated-2", "node-1", Map.of());
    pod("large-2", "node-1", Map.of());
    assertThat(new Workloads.Gated().misplaced(placement())).isEqualTo(1);
    assertThat(new Workloads.Unschedulable().misplaced(placement())).isEqualTo(1);
  }
}

package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.node.NodeState;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever pods and nodes there are, packing uses no more nodes than it must. */
class PackingProperties {

  private static final String PACK = "argosy.dev/fill=pack topology.kubernetes.io/zone=z";

  /** Nodes have 4,000 thousandths of a core; more than a hundred are not all looked at. */
  @Property(tries = 60)
  void equal_pods_use_as_few_equal_nodes_as_possible(
      @ForAll @IntRange(min = 1, max = 130) int nodes,
      @ForAll @IntRange(min = 1, max = 300) int pods,
      @ForAll @IntRange(min = 130, max = 4000) int milli) {
    Board board = new Board();
    for (int i = 0; i < nodes; i++) {
      board.node("n" + i, PACK + i % 3);
    }
    int each = Math.min(4000 / milli, 30);
    for (int i = 0; i < pods; i++) {
      board.place(board.pod("p" + i, "{}", spec(milli)));
      int placed = Math.min(i + 1, nodes * each);
      assertThat(used(board)).isEqualTo((placed + each - 1) / each);
    }
  }

  private static String spec(int milli) {
    return "{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'"
        + milli
        + "m','memory':'256Mi'}}}]}";
  }

  private static long used(Board board) {
    return board.state.nodes().slots().stream()
        .filter(slot -> board.state.nodes().at(slot).pods() > 0)
        .count();
  }

  @Property(tries = 60)
  void nodes_are_never_over_capacity_while_labels_change(@ForAll @LongRange(min = 0) long seed) {
    Board board = new Board();
    Random random = new Random(seed);
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 120; i++) {
      String name = "n" + random.nextInt(8);
      if (random.nextInt(6) == 0) {
        labels.put(name, "argosy.dev/fill=" + (random.nextBoolean() ? "pack" : "spread"));
        board.node(name, labels.get(name));
      } else {
        board.place(board.pod("p" + i, "{}", spec(100 * (1 + random.nextInt(20)))));
      }
    }
    for (int slot : board.state.nodes().slots()) {
      NodeState node = board.state.nodes().at(slot);
      assertThat(node.used().milliCpu()).isLessThanOrEqualTo(4000);
      assertThat(node.used().memory()).isLessThanOrEqualTo(node.node().allocatable().memory());
    }
  }
}

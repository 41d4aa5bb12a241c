package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.score.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Whatever happens to nodes between pods, no node is better than the one that a pod gets. */
class RankingProperties {

  private static final List<String> IMAGES = List.of("app:1", "base", "tool@sha256:1");
  private static final List<String> SPECS =
      List.of(
          spec("100m", "app:1", "{}"),
          spec("700m", "tool@sha256:1", "{}"),
          spec("100m", "none:1", preferring(3, "a") + "," + preferring(9, "b")),
          spec("1", "base", preferring(1, "a")));

  private static String preferring(int weight, String zone) {
    return "{'weight':"
        + weight
        + ",'preference':{'matchExpressions':[{'key':'zone','operator':'In','values':['"
        + zone
        + "']}]}}";
  }

  private static String spec(String cpu, String image, String preferences) {
    String affinity =
        preferences.equals("{}")
            ? ""
            : ",'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':["
                + preferences
                + "]}}";
    return "{'containers':[{'name':'c','image':'"
        + image
        + "','resources':{'requests':{'cpu':'"
        + cpu
        + "'}}}]"
        + affinity
        + "}";
  }

  @Property(tries = 150)
  void no_node_is_better(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    Board board = new Board();
    int names = 1 + random.nextInt(12);
    List<ObjectKey> placed = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      switch (random.nextInt(10)) {
        case 0 -> board.state.putNode(board.view(node(random, random.nextInt(names))));
        case 1 -> {
          if (random.nextInt(8) == 0) {
            board.state.removeNode("n" + random.nextInt(names));
          }
        }
        case 2 -> {
          if (!placed.isEmpty()) {
            board.state.forget(placed.remove(random.nextInt(placed.size())));
          }
        }
        default -> {
          PodView pod = board.pod("p" + i, "{}", SPECS.get(random.nextInt(SPECS.size())));
          if (check(board, pod)) {
            placed.add(pod.key());
          }
        }
      }
    }
  }

  private static ObjectNode node(Random random, int number) {
    ObjectNode node = TestPods.node("n" + number, random.nextBoolean() ? "4" : "2", 8);
    node.withObject("/metadata/labels").put("zone", List.of("a", "b", "c").get(number % 3));
    if (random.nextInt(4) == 0) {
      node.withObject("/spec")
          .putArray("taints")
          .addObject()
          .put("key", "old")
          .put("effect", random.nextInt(3) == 0 ? "NoSchedule" : "PreferNoSchedule");
    }
    for (String image : IMAGES) {
      if (random.nextBoolean()) {
        node.withArray("/status/images")
            .addObject()
            .put("sizeBytes", 600_000_000)
            .putArray("names")
            .add(image);
      }
    }
    return node;
  }

  /** Answers whether the pod got a node. */
  private static boolean check(Board board, PodView pod) {
    Attempt attempt = board.attempt(pod);
    Scores scores = new Scores(attempt.profile());
    Memo memo = new Memo(attempt.profile(), scores, attempt.pod().demand());
    List<NodeState> fitting = new ArrayList<>();
    for (int slot : board.state.nodes().slots()) {
      NodeState node = board.state.nodes().at(slot);
      if (memo.fits(node)) {
        fitting.add(node);
      }
    }
    Placement placement = board.look(pod);
    if (fitting.isEmpty()) {
      assertThat(placement).isInstanceOf(Placement.Nowhere.class);
      return false;
    }
    long[] marks = scores.of(attempt, fitting, memo::raw);
    String chosen = ((Placement.Chosen) placement).node();
    List<String> names = fitting.stream().map(n -> n.node().name()).toList();
    assertThat(names).contains(chosen);
    assertThat(marks[names.indexOf(chosen)]).isEqualTo(Arrays.stream(marks).max().orElseThrow());
    board.state.assume(pod, chosen);
    return true;
  }

  /** Of 1,000 nodes 420 are looked at for a pod; from the fourth on the best of all is known. */
  @Test
  void what_comes_often_gets_the_best_of_all_nodes() {
    Board board = new Board();
    for (int i = 0; i < 1000; i++) {
      board.node("n" + i, i == 999 ? "zone=b" : "zone=c");
    }
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      nodes.add(board.place(board.pod("p" + i, "{}", SPECS.get(2))));
    }
    assertThat(nodes.subList(3, 20)).containsOnly("n999");
  }

  @Test
  void a_pod_that_comes_once_is_placed_by_a_part_of_the_nodes() {
    Board board = new Board();
    for (int i = 0; i < 1000; i++) {
      board.node("n" + i, i == 999 ? "zone=b" : "zone=c");
    }
    String first = board.place(board.pod("p", "{}", SPECS.get(2)));
    assertThat(first).isNotEqualTo("n999");
  }
}

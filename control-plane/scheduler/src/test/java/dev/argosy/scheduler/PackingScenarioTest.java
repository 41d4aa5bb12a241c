package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.topology.Services.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the page on scheduling says of nodes that are filled one after another. */
class PackingScenarioTest {

  private static final String PACK = "argosy.dev/fill=pack";
  private static final String ZONE = " topology.kubernetes.io/zone=z";

  private final Board board = new Board();

  /** Nodes of four cores. */
  private void nodes(String prefix, int count, String labels) {
    for (int i = 0; i < count; i++) {
      board.node(prefix + i, (labels + ZONE + i % 2).trim());
    }
  }

  private PodView core(String name) {
    return board.pod(name, "{'app':'web'}", Board.cpu("1", 0));
  }

  private List<String> place(String prefix, int count) {
    List<String> where = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      where.add(board.place(core(prefix + i)));
    }
    return where;
  }

  @Test
  void aNodeIsFullBeforeTheNextOneIsBegun() {
    nodes("n", 5, PACK);
    List<String> where = place("a", 8);
    assertThat(Set.copyOf(where.subList(0, 4))).hasSize(1);
    assertThat(Set.copyOf(where.subList(4, 8))).hasSize(1);
    assertThat(Set.copyOf(where)).hasSize(2);
  }

  @Test
  void otherPoolsAreSpreadAsBefore() {
    nodes("n", 5, "argosy.dev/fill=sprad");
    assertThat(new TreeSet<>(place("a", 5))).hasSize(5);
  }

  @Test
  void replicasOfAServiceAreFilledInTooUnlessTheySayOtherwise() {
    nodes("n", 4, PACK);
    ObjectKey key = new ObjectKey(new GroupResource("", "services"), "acme", "default", "s");
    board.services.put(new Service(key, Map.of("app", "web")));
    assertThat(Set.copyOf(place("a", 4))).hasSize(1);
    String own =
        "{'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'kubernetes.io/hostname',"
            + "'whenUnsatisfiable':'ScheduleAnyway','labelSelector':{'matchLabels':{'own':'y'}}}]}";
    Set<String> where = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      where.add(board.place(board.pod("o" + i, "{'own':'y'}", own)));
    }
    assertThat(where).hasSizeGreaterThan(1);
  }

  @Test
  void theFullestNodeWithRoomGetsThePodThatFitsThere() {
    nodes("n", 3, PACK);
    board.on("n1", core("a")).on("n2", core("b")).on("n2", core("c"));
    assertThat(place("d", 2)).containsOnly("n2");
    assertThat(place("e", 3)).containsOnly("n1");
    assertThat(place("f", 1)).containsOnly("n0");
  }

  @Test
  void processorsAloneDoNotDrawAPodToAnEmptierNode() {
    nodes("n", 2, PACK);
    board.on("n0", core("a")).on("n0", core("b")).on("n0", core("c"));
    assertThat(place("d", 1)).containsOnly("n0");
  }

  @Test
  void smallPodsGoTogetherToo() {
    nodes("n", 4, PACK);
    Set<String> where = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      where.add(board.place(board.pod("tiny" + i, "{}", Board.cpu("1m", 0))));
    }
    assertThat(where).hasSize(1);
  }

  @Test
  void aPodThatMayUseBothKindsOfNodesFillsThemToTheSameLevel() {
    nodes("p", 4, PACK);
    nodes("s", 4, "");
    List<String> where = place("a", 16);
    assertThat(where).filteredOn(n -> n.startsWith("s")).hasSizeBetween(7, 9);
    assertThat(new TreeSet<>(where)).filteredOn(n -> n.startsWith("s")).hasSize(4);
    assertThat(new TreeSet<>(where)).filteredOn(n -> n.startsWith("p")).hasSizeBetween(2, 3);
  }

  @Test
  void fullNodesArePartOfHowFullTheirPoolIs() {
    nodes("p", 4, PACK);
    nodes("s", 1, "");
    for (int i = 0; i < 12; i++) {
      board.on("p" + i / 4, core("b" + i));
    }
    board.on("s0", core("c"));
    assertThat(place("d", 1)).containsOnly("s0");
  }

  @Test
  void aNodeThatIsNoLongerToBeFilledIsSpreadAtOnce() {
    nodes("n", 3, PACK);
    String first = place("a", 2).getFirst();
    assertThat(place("b", 1)).containsOnly(first);
    nodes("n", 3, "argosy.dev/fill=spread");
    assertThat(place("c", 1)).doesNotContain(first);
    nodes("n", 3, PACK);
    assertThat(place("d", 1)).containsOnly(first);
  }

  @Test
  void preferencesOfThePodGoBefore() {
    nodes("n", 2, PACK);
    board.node("fast", PACK + " disk=ssd");
    board.on("n0", core("a")).on("n0", core("b"));
    String ssd =
        "{'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,"
            + "'preference':{'matchExpressions':[{'key':'disk','operator':'In','values':['ssd']}]}}]}}}";
    assertThat(board.place(board.pod("c", "{}", ssd))).isEqualTo("fast");
  }
}

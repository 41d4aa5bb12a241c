package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.pod.PodView;
import org.junit.jupiter.api.Test;

/**
 * Pods for which room is being made on a node count there, for what pods ask of each other, too.
 */
class GuestsTest {

  private static final String WEB = "{'app':'web'}";
  private static final String NOT_BESIDE_WEB =
      "{'priority':PRIO,'affinity':{'podAntiAffinity':{"
          + "'requiredDuringSchedulingIgnoredDuringExecution':["
          + "{'topologyKey':'kubernetes.io/hostname','labelSelector':{'matchLabels':{'app':'web'}}}]}}}";
  private static final String BESIDE_WEB = NOT_BESIDE_WEB.replace("podAntiAffinity", "podAffinity");
  private static final String EVEN =
      "{'priority':PRIO,'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone',"
          + "'whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'web'}}}]}";

  private final Board board = new Board();

  private PodView expected(String node, String labels, String spec) {
    PodView pod = board.pod("guest", labels, spec);
    board.nominations.put(pod, node);
    return pod;
  }

  private static String of(String spec, int priority) {
    return spec.replace("PRIO", Integer.toString(priority));
  }

  @Test
  void aPodKeepsAwayFromThoseThatAreToCome() {
    board.node("n1", "");
    expected("n1", WEB, "{'priority':10}");
    assertThat(board.place(board.pod("a", "{}", of(NOT_BESIDE_WEB, 10))))
        .contains("didn't match pod anti-affinity rules");
    assertThat(board.place(board.pod("important", "{}", of(NOT_BESIDE_WEB, 11)))).isEqualTo("n1");
  }

  @Test
  void thoseThatAreToComeKeepAPodAway() {
    board.node("n1", "").node("n2", "");
    PodView guest = expected("n1", "{}", of(NOT_BESIDE_WEB, 10));
    assertThat(board.place(board.pod("a", WEB, "{}"))).isEqualTo("n2");
    assertThat(board.place(board.pod("globex", "default", "b", WEB, "{}"))).isIn("n1", "n2");
    board.nominations.remove(guest.key());
    board.node("n3", "").on("n2", board.pod("c", "{}", Board.cpu("3.9", 0)));
    board.on("n3", board.pod("d", "{}", Board.cpu("4", 0)));
    assertThat(board.place(board.pod("e", WEB, "{}"))).isEqualTo("n1");
  }

  @Test
  void nobodyMayRelyOnThem() {
    board.node("n1", "");
    expected("n1", WEB, "{'priority':10}");
    assertThat(board.place(board.pod("a", "{}", of(BESIDE_WEB, 0))))
        .contains("didn't match pod affinity rules");
  }

  @Test
  void theyCountForAnEvenSpread() {
    board.node("n1", "zone=a").node("n2", "zone=b");
    expected("n1", WEB, "{'priority':10}");
    assertThat(board.place(board.pod("a", WEB, of(EVEN, 0)))).isEqualTo("n2");
  }

  @Test
  void nothingOfThemStaysBehind() {
    board.node("n1", "");
    PodView guest = expected("n1", WEB, "{'priority':10}");
    board.place(board.pod("a", "{}", of(NOT_BESIDE_WEB, 0)));
    board.nominations.remove(guest.key());
    assertThat(board.place(board.pod("a", "{}", of(NOT_BESIDE_WEB, 0)))).isEqualTo("n1");
  }

  @Test
  void noRoomIsMadeWhereTheyKeepAPodAway() {
    board.node("n1", "").node("n2", "");
    board.on("n1", board.pod("a", "{}", Board.cpu("4", 0)));
    board.on("n2", board.pod("b", "{}", Board.cpu("4", 5)));
    expected("n1", "{}", of(NOT_BESIDE_WEB, 10));
    PodView web = board.pod("x", WEB, Board.cpu("1", 10));
    assertThat(board.preempt(web))
        .isInstanceOfSatisfying(
            Preempting.Outcome.Evict.class,
            evict -> assertThat(evict.victims().node()).isEqualTo("n2"));
  }
}

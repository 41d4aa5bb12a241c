package dev.argosy.agent.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.PodView;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is let in while the node is short. */
final class PressureBoardTest {

  private static final String TOLERATION =
      ",\"tolerations\":[{\"key\":\"node.kubernetes.io/memory-pressure\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]";
  private static final PodView BEST_EFFORT = Pods.pod("besteffort", 0, "{}");
  private static final PodView BURSTABLE =
      Pods.pod("burstable", 0, "{\"requests\":{\"memory\":\"1Mi\"}}");
  private static final PodView CRITICAL = Pods.pod("critical", 2_000_000_000L, "{}");
  private static final PodView TOLERANT = Pods.pod("tolerant", 0, "{}", TOLERATION);

  private final PressureBoard board = new PressureBoard();

  private boolean in(PodView pod) {
    return board.admit(pod).isEmpty();
  }

  @Test
  void aCalmNodeTakesAll() {
    assertThat(in(BEST_EFFORT)).isTrue();
  }

  @Test
  void shortOfMemoryItTakesWhoAskedForSomeOrToleratesIt() {
    board.show(Set.of(NodeCondition.MEMORY));
    assertThat(board.admit(BEST_EFFORT))
        .contains(new Rejection("Evicted", "The node had condition: [MemoryPressure]. "));
    assertThat(in(BURSTABLE)).isTrue();
    assertThat(in(TOLERANT)).isTrue();
    assertThat(in(CRITICAL)).isTrue();
  }

  @Test
  void shortOfAnythingElseItTakesCriticalOnesAlone() {
    board.show(Set.of(NodeCondition.DISK, NodeCondition.MEMORY));
    assertThat(board.admit(BURSTABLE).orElseThrow().text())
        .isEqualTo("Pod was rejected: The node had condition: [MemoryPressure DiskPressure]. ");
    assertThat(in(TOLERANT)).isFalse();
    assertThat(in(CRITICAL)).isTrue();
    board.show(Set.of(NodeCondition.PROCESSES));
    assertThat(in(BURSTABLE)).isFalse();
  }
}

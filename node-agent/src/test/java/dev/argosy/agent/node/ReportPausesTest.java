package dev.argosy.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReportPausesTest {

  @Test
  void aNodeThatIsWellReportsEveryTenSecondsAndOneThatIsNotReadyEverySecond() {
    ReportPauses pauses = new ReportPauses("n1");
    assertThat(pauses.reached(true)).isEqualTo(Duration.ofSeconds(10));
    assertThat(pauses.reached(false)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pausesGrowWhileTheServerIsAwayAndBeginAnew() {
    ReportPauses pauses = new ReportPauses("n1");
    for (int whole : new int[] {1, 2, 4, 8, 10, 10}) {
      assertThat(pauses.away())
          .isBetween(Duration.ofSeconds(whole).dividedBy(2), Duration.ofSeconds(whole));
    }
    pauses.reached(true);
    assertThat(pauses.away()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void nodesDoNotComeTogether() {
    Set<Duration> different = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ReportPauses pauses = new ReportPauses("node-" + i);
      for (int tries = 0; tries < 5; tries++) {
        pauses.away();
      }
      different.add(pauses.away());
    }
    assertThat(different).hasSizeGreaterThan(200);
  }
}

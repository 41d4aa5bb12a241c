package dev.argosy.scheduler.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.pod.PodView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sentences of docs/SCHEDULING.md, "Fair share". */
class LinesTest {

  private final Stage stage = new Stage();

  @BeforeEach
  void nodes() {
    stage.node("n1", 10, 100, 100);
  }

  private void waiting(String cluster, int count, String cpu, int priority) {
    for (int i = 0; i < count; i++) {
      stage.waits(stage.pod(cluster, priority, cpu));
    }
  }

  @Test
  void aloneATenantGoesByPriorityThenAge() {
    PodView old = stage.pod("a", 0, "1");
    PodView young = stage.pod("a", 0, "1");
    PodView important = stage.pod("a", 7, "1");
    stage.waits(young);
    stage.waits(old);
    stage.waits(important);
    assertThat(stage.take()).contains(important);
    assertThat(stage.take()).contains(old);
    assertThat(stage.take()).contains(young);
    assertThat(stage.take()).isEmpty();
  }

  @Test
  void aPriorityMeansNothingToOthers() {
    waiting("greedy", 3, "1", 1_000_000_000);
    waiting("modest", 3, "1", 0);
    assertThat(stage.next(6)).isEqualTo("greedy modest greedy modest greedy modest");
  }

  @Test
  void whoHasLessComesFirstUntilTheOthersAreCaughtUp() {
    stage.place(stage.pod("a", 0, "3"));
    waiting("a", 2, "1", 0);
    waiting("b", 4, "1", 0);
    assertThat(stage.next(6)).isEqualTo("b b b a b a");
  }

  @Test
  void theResourceOfWhichOneTakesTheGreatestPartCounts() {
    for (int i = 0; i < 6; i++) {
      stage.waits(stage.pod("memory", 0, "0", "20G"));
      stage.waits(stage.pod("processor", 0, "1", "1G"));
    }
    assertThat(stage.next(6)).isEqualTo("memory processor processor memory processor processor");
  }

  @Test
  void podsThatAskForNothingCountByTheirNumber() {
    stage.node("n1", 10, 100, 10);
    waiting("a", 3, "0", 0);
    waiting("b", 3, "1", 0);
    assertThat(stage.next(6)).isEqualTo("a b a b a b");
  }

  @Test
  void whatIsGuaranteedComesBeforeWhatIsNot() {
    stage.guarantee("sure", "requests.cpu=2");
    waiting("other", 3, "1", 0);
    waiting("sure", 4, "1", 0);
    assertThat(stage.next(7)).isEqualTo("sure sure other sure other sure other");
  }

  @Test
  void guaranteesFillAtTheSamePace() {
    stage.guarantee("large", "requests.cpu=4");
    stage.guarantee("small", "requests.cpu=2");
    waiting("large", 4, "1", 0);
    waiting("small", 2, "1", 0);
    assertThat(stage.next(6)).isEqualTo("large small large large small large");
  }

  @Test
  void whatDoesNotFitIntoTheGuaranteeIsBorrowed() {
    stage.guarantee("sure", "requests.cpu=2");
    stage.place(stage.pod("other", 0, "1"));
    stage.waits(stage.pod("sure", 0, "3"));
    waiting("fresh", 1, "1", 0);
    waiting("other", 1, "1", 0);
    assertThat(stage.next(3)).isEqualTo("sure fresh other");
  }

  @Test
  void ofWhatIsNotNamedTheSamePartIsGuaranteed() {
    stage.guarantee("sure", "requests.cpu=2");
    stage.waits(stage.pod("other", 0, "1", "1G"));
    stage.waits(stage.pod("sure", 0, "1", "20G"));
    stage.waits(stage.pod("sure", 0, "100m", "20G"));
    assertThat(stage.next(3)).isEqualTo("sure other sure");
  }

  @Test
  void thePlatformComesFirst() {
    stage.guarantee("sure", "requests.cpu=2");
    stage.place(stage.pod("root", 0, "5"));
    waiting("sure", 1, "1", 5);
    waiting("root", 1, "1", 0);
    assertThat(stage.next(2)).isEqualTo("root sure");
  }

  @Test
  void whatEndsIsWantedBack() {
    PodView first = stage.pod("a", 0, "2");
    stage.place(first);
    stage.place(stage.pod("b", 0, "1"));
    waiting("b", 2, "1", 0);
    waiting("a", 2, "1", 0);
    assertThat(stage.next(1)).isEqualTo("b");
    stage.end(first);
    assertThat(stage.next(2)).isEqualTo("a a");
  }

  @Test
  void guaranteesAndNodesCountFromWhenTheyAreThere() {
    stage.place(stage.pod("a", 0, "1", "30G"));
    stage.place(stage.pod("b", 0, "2", "1G"));
    waiting("a", 1, "1", 0);
    waiting("b", 1, "1", 0);
    stage.node("n2", 0, 900, 0);
    assertThat(stage.expected().map(p -> p.key().cluster())).contains("a");
    assertThat(stage.next(1)).isEqualTo("a");
    stage.guarantee("b", "requests.cpu=5");
    waiting("a", 1, "0", 0);
    stage.place(stage.pod("b", 0, "1"));
    assertThat(stage.next(2)).isEqualTo("b a");
  }

  @Test
  void whoAsksInVainDoesNotKeepOthersAway() {
    waiting("hopeless", 100, "1", 0);
    stage.place(stage.pod("other", 0, "5"));
    waiting("other", 1, "1", 0);
    int attempts = 0;
    for (String taken = ""; !taken.equals("other"); attempts++) {
      taken = stage.take().orElseThrow().key().cluster();
      stage.lines.inVain();
    }
    assertThat(attempts).isBetween(2, 2 * 4);
  }

  @Test
  void aTenantWithoutPodsLeavesNothing() {
    PodView pod = stage.pod("a", 0, "1");
    stage.waits(pod);
    stage.next(1);
    stage.end(pod);
    assertThat(stage.take()).isEmpty();
    assertThat(stage.shares.accounts()).isZero();
    assertThat(stage.lines.size()).isZero();
  }
}

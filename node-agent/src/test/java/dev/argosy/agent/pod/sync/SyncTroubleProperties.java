package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However rounds fail: what is told, and how long is rested. */
final class SyncTroubleProperties {

  /** How a round went, and what was said if it failed. */
  record Round(String message, Kind kind, boolean well) {}

  @Property
  void noTroubleIsToldTwiceInARowAndRestsStayWithinTheirBounds(
      @ForAll("rounds") List<Round> rounds) {
    SyncTrouble trouble = new SyncTrouble();
    String last = "";
    for (Round round : rounds) {
      if (round.well()) {
        trouble.over();
        assertThat(trouble.rest()).isZero();
        last = "";
        continue;
      }
      boolean news = trouble.failed(new RuntimeFailure(round.kind(), round.message())).isPresent();
      assertThat(news).isEqualTo(!round.message().equals(last));
      assertThat(trouble.rest()).isBetween(SyncTrouble.FIRST, SyncTrouble.LONGEST);
      last = round.message();
    }
  }

  @Example
  void restsGrowWhileTheEngineRefusesAndStayShortWhileItIsAway() {
    SyncTrouble refused = new SyncTrouble();
    SyncTrouble away = new SyncTrouble();
    for (int i = 0; i < 6; i++) {
      refused.failed(new RuntimeFailure(Kind.CONFLICT, "in use"));
      away.failed(new RuntimeFailure(Kind.UNAVAILABLE, "no engine"));
    }
    assertThat(refused.rest()).isEqualTo(Duration.ofMinutes(1));
    assertThat(away.rest()).isEqualTo(Duration.ofSeconds(3));
  }

  @Provide
  Arbitrary<List<Round>> rounds() {
    return Combinators.combine(
            Arbitraries.of("one", "two"), Arbitraries.of(Kind.class), Arbitraries.of(true, false))
        .as(Round::new)
        .list()
        .ofMaxSize(40);
  }
}

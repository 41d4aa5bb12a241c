package dev.argosy.server.flowcontrol.seat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final long BEGIN = 1_000;

  private final Refusals refusals = new Refusals(TimeUnit.SECONDS.toNanos(BEGIN));

  /** So many refusals in that second; what the last one was told. */
  private int refuse(int count, int second) {
    int told = 0;
    for (int i = 0; i < count; i++) {
      told = refusals.next(TimeUnit.SECONDS.toNanos(BEGIN + second) + i);
    }
    return told;
  }

  @Test
  void aFewAreToldToComeBackSoon() {
    for (int second = 0; second < 100; second++) {
      assertThat(refuse(2, second)).isEqualTo(1);
    }
  }

  @Test
  void manyAreToldToStayAwayForLongerAndLonger() {
    assertThat(refuse(20, 0)).as("they may have been one burst").isEqualTo(1);
    assertThat(refuse(20, 1)).isEqualTo(2);
    assertThat(refuse(20, 2)).as("those of before are still away").isEqualTo(2);
    assertThat(refuse(20, 3)).isEqualTo(4);
    for (int second = 4; second < 200; second++) {
      refuse(20, second);
    }
    assertThat(refuse(20, 200)).isEqualTo(Refusals.LONGEST);
  }

  @Test
  void aFloodThatBeginsAtOnceComesBackOverAllSeconds() {
    int[] coming = new int[200 + Refusals.LONGEST + 1];
    coming[0] = 10_000;
    for (int second = 0; second < 200; second++) {
      for (int i = 0; i < coming[second]; i++) {
        coming[second + refusals.next(TimeUnit.SECONDS.toNanos(BEGIN + second) + i)]++;
      }
    }
    int even = 10_000 / Refusals.LONGEST;
    assertThat(Arrays.stream(coming).skip(Refusals.LONGEST).limit(160))
        .allMatch(count -> count > even / 2 && count < 2 * even);
    assertThat(Arrays.stream(coming).skip(1).max().orElseThrow()).isLessThan(3 * even);
  }

  @Test
  void itGoesBackWhenFewAreRefused() {
    for (int second = 0; second <= 200; second++) {
      refuse(1_000, second);
    }
    assertThat(refuse(1, 233)).as("33 seconds of nothing").isEqualTo(1);
    assertThat(refuse(1, 10_000)).isEqualTo(1);
  }

  @Test
  void clocksMayBeNegative() {
    Refusals early = new Refusals(-5_000_000_000L);
    for (int i = 0; i < 10; i++) {
      assertThat(early.next(-5_000_000_000L)).isEqualTo(1);
    }
    assertThat(early.next(-3_900_000_000L)).isEqualTo(2);
    assertThat(early.next(100_000_000_000L)).isEqualTo(1);
  }
}

package dev.argosy.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockSkewTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aSmallDifferenceIsNotWorthAWord() {
    assertThat(ClockSkew.between(NOON, NOON.plusSeconds(119))).isEmpty();
    assertThat(ClockSkew.between(NOON, NOON.minusSeconds(119))).isEmpty();
  }

  @Test
  void aLargeOneSaysWhichClockToSet() {
    assertThat(ClockSkew.between(NOON, NOON.plusSeconds(7200)).orElseThrow())
        .contains("7200 s ahead of the server's", "set it");
    assertThat(ClockSkew.between(NOON, NOON.minusSeconds(180)).orElseThrow())
        .contains("180 s behind the server's");
  }

  @Test
  void aCertificateOutOfItsTimeMayBeTheClocksFault() {
    JoinFailure late = new JoinFailure("PKIX path validation failed: NotBefore: Fri Jan 02");
    assertThat(ClockSkew.mayBeBehind(late, NOON)).hasMessageContaining("2026-01-01T12:00:00Z");
    JoinFailure other = new JoinFailure("no route to host");
    assertThat(ClockSkew.mayBeBehind(other, NOON)).isSameAs(other);
  }
}

package dev.argosy.store.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RevisionAgesTest {

  private static final Duration HISTORY = Duration.ofMinutes(5);

  private final SetClock clock = new SetClock();
  private final RevisionAges ages = new RevisionAges(HISTORY, clock);

  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private long after(Duration time, long revision) {
    clock.now = clock.now.plus(time);
    return ages.mark(revision);
  }

  @Test
  void answersTheNewestRevisionThatIsOldEnough() {
    assertThat(ages.mark(10)).isZero();
    assertThat(after(Duration.ofMinutes(3), 20)).isZero();
    assertThat(after(Duration.ofMinutes(2), 20)).isZero();
    assertThat(after(Duration.ofSeconds(1), 21)).isEqualTo(10);
    assertThat(after(Duration.ofMinutes(4), 30)).isEqualTo(20);
  }

  @Test
  void aStateEndsByAgeEvenIfNothingChangedSince() {
    EventRing ring = new EventRing(CacheLimits.DEFAULT, clock);
    ring.restart(10, ObjectTree.EMPTY);
    assertThat(ring.treeAt(10)).isPresent();
    ring.expire(ages.mark(12));
    assertThat(ring.treeAt(12)).isPresent();
    ring.expire(after(HISTORY.plusSeconds(1), 20));
    assertThat(ring.treeAt(11)).isEmpty();
    assertThat(ring.treeAt(20)).isPresent();
    assertThat(ring.firstAbove(11)).as("watches still start there").isNotNegative();
  }
}

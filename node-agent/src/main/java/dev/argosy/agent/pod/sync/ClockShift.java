package dev.argosy.agent.pod.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How far the machine's clock has been set. Deadlines are kept as if nobody set it, and shown as
 * the clock has them now: a grace or a rest stays as long as it was meant to be. Less than a second
 * is left alone, so that a deadline does not change from look to look. Any thread.
 */
final class ClockShift {

  private static final Duration NOTICED = Duration.ofSeconds(1);

  private final Clock clock;
  private final Clock steady;
  private Duration shift;

  /**
   * @param clock what people see, and set
   * @param steady nobody sets it
   */
  ClockShift(Clock clock, Clock steady) {
    this.clock = clock;
    this.steady = steady;
    this.shift = look();
  }

  private Duration look() {
    return Duration.between(steady.instant(), clock.instant());
  }

  private synchronized Duration present() {
    Duration seen = look();
    if (seen.minus(shift).abs().compareTo(NOTICED) > 0) {
      shift = seen;
    }
    return shift;
  }

  /** A time of the clock as it is to be kept. */
  Instant kept(Instant shown) {
    return shown.minus(present());
  }

  /** A kept time as the clock has it now. */
  Instant shown(Instant kept) {
    return kept.plus(present());
  }
}

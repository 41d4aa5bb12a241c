package dev.argosy.model.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Goes on from the system's time by the machine's count of nanoseconds, whoever sets the system's.
 * That count stands still while the machine sleeps.
 */
final class SteadyClock extends Clock {

  private final Instant began = Clock.systemUTC().instant();
  private final long beganNanos = System.nanoTime();

  @Override
  public Instant instant() {
    return began.plusNanos(System.nanoTime() - beganNanos);
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

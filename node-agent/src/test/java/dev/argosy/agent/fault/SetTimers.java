package dev.argosy.agent.fault;

import dev.argosy.model.time.SystemTimers;
import dev.argosy.model.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The machine's timers, with a clock that somebody sets, or after a time that has passed. */
final class SetTimers implements Timers, AutoCloseable {

  private final SystemTimers real = new SystemTimers();
  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

  /** Somebody sets the clock. */
  void set(Duration by) {
    shift.updateAndGet(by::plus);
  }

  /** So much time passes on all clocks. */
  void pass(Duration time) {
    passed.updateAndGet(time::plus);
  }

  @Override
  public Clock clock() {
    return new Moved() {
      @Override
      public Instant instant() {
        return real.clock().instant().plus(passed.get()).plus(shift.get());
      }
    };
  }

  @Override
  public Clock steady() {
    return new Moved() {
      @Override
      public Instant instant() {
        return real.steady().instant().plus(passed.get());
      }
    };
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return real.after(delay, action);
  }

  @Override
  public void close() {
    real.close();
  }

  private abstract static class Moved extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

package dev.argosy.model.time;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on the system's clock: one daemon thread for all, closed by its owner. */
public final class SystemTimers implements Timers, AutoCloseable {

  private final Clock clock;
  private final Clock steady = new SteadyClock();
  private final ScheduledThreadPoolExecutor executor;

  public SystemTimers() {
    this.clock = Clock.systemUTC();
    this.executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("argosy-timers").factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Clock steady() {
    return steady;
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    ScheduledFuture<?> future =
        executor.schedule(action, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

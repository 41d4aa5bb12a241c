package dev.argosy.scheduler.whatif;

import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One question is worked on at a time, and then nothing for as long, so that questions take half a
 * core at most. Who waits longest comes next. Who waited already when a stage was made may use it;
 * others get a new one.
 */
final class Turns implements AutoCloseable {

  private static final Duration LEAST_PAUSE = Duration.ofMillis(20);
  private static final int MOST_PERMITS = Integer.MAX_VALUE / 2;

  private record Made(Stage stage, long before) {}

  private final QueryDesk.Stages stages;
  private final Timers timers;
  private final Semaphore turn = new Semaphore(1, true);
  private final AtomicLong arrivals = new AtomicLong();
  private Optional<Made> made = Optional.empty();
  private volatile boolean closed;

  Turns(QueryDesk.Stages stages, Timers timers) {
    this.stages = stages;
    this.timers = timers;
  }

  /** Waits for a turn and does the work on a stage; empty if this is closed before. */
  <T> Optional<T> take(Function<Stage, T> work) throws InterruptedException {
    long arrival = arrivals.incrementAndGet();
    turn.acquire();
    Instant began = timers.now();
    try {
      Optional<Stage> stage = stage(arrival);
      return stage.map(work);
    } catch (RuntimeException e) {
      made = Optional.empty();
      throw e;
    } finally {
      pause(Duration.between(began, timers.now()));
    }
  }

  private Optional<Stage> stage(long arrival) throws InterruptedException {
    if (made.isEmpty() || made.get().before() < arrival) {
      long before = arrivals.get();
      made = Optional.empty();
      made = await(stages.now()).map(stage -> new Made(stage, before));
    }
    return made.map(Made::stage);
  }

  private Optional<Stage> await(CompletableFuture<Stage> coming) throws InterruptedException {
    while (!closed) {
      try {
        return Optional.of(coming.get(100, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        continue; // the scheduler is busy, or stops
      } catch (ExecutionException e) {
        throw new IllegalStateException("no stage was made", e);
      }
    }
    return Optional.empty();
  }

  private void pause(Duration spent) {
    if (!turn.hasQueuedThreads()) {
      made = Optional.empty(); // not to keep it for nobody
    }
    timers.after(spent.compareTo(LEAST_PAUSE) > 0 ? spent : LEAST_PAUSE, turn::release);
  }

  /** Lets go all that wait. */
  @Override
  public void close() {
    closed = true;
    turn.release(MOST_PERMITS);
  }
}

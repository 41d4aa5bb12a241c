package dev.argosy.model.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Timers for tests: time stands still until {@link #advance} moves it and makes the due calls. */
public final class ManualTimers implements Timers {

  private record Call(Instant due, long order, Runnable action) {}

  private final List<Call> calls = new ArrayList<>();
  private Instant now;
  private long order;

  public ManualTimers(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now();
      }
    };
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable action) {
    Call call = new Call(now.plus(delay.isNegative() ? Duration.ZERO : delay), order++, action);
    calls.add(call);
    return () -> cancel(call);
  }

  private synchronized void cancel(Call call) {
    calls.remove(call);
  }

  /** How many calls fall due within that time, if nothing else asks for one. */
  public synchronized int pending(Duration within) {
    Instant end = now.plus(within);
    return (int) calls.stream().filter(c -> !c.due().isAfter(end)).count();
  }

  /** Moves time on; makes the calls that fall due, in their order, on the calling thread. */
  public void advance(Duration step) {
    Instant target = now().plus(step);
    for (Optional<Call> due = nextDue(target); due.isPresent(); due = nextDue(target)) {
      due.get().action().run();
    }
    moveTo(target);
  }

  private synchronized void moveTo(Instant target) {
    now = target;
  }

  private synchronized Optional<Call> nextDue(Instant target) {
    Optional<Call> next =
        calls.stream()
            .filter(c -> !c.due().isAfter(target))
            .min(Comparator.comparing(Call::due).thenComparing(Call::order));
    next.ifPresent(c -> {
      calls.remove(c);
      now = c.due().isAfter(now) ? c.due() : now;
    });
    return next;
  }
}

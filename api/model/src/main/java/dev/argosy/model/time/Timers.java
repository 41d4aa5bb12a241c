package dev.argosy.model.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells the time and calls back later. */
public interface Timers {

  /** The clock that {@link #after} goes by. */
  Clock clock();

  default Instant now() {
    return clock().instant();
  }

  /**
   * Runs the action once, that much later; at once (on another thread) if the delay is not
   * positive. The action must be short and must not block.
   */
  Timer after(Duration delay, Runnable action);

  /** A call that has been asked for. */
  interface Timer {
    /** Makes the call not happen, if it has not begun. */
    void cancel();
  }
}

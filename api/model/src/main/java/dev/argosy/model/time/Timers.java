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
   * A clock for lengths of time, which nobody sets. What it shows may be any time away from what
   * {@link #clock} shows, so it is for nobody to be told.
   */
  default Clock steady() {
    return clock();
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

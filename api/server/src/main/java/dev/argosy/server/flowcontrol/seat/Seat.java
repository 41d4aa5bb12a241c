package dev.argosy.server.flowcontrol.seat;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The place of one request: held, waited for, or refused. Whoever entered a pool gives it back with
 * {@link #leave}, in whichever state it is. Waited for by one thread; any thread may leave.
 */
public final class Seat {

  /** What has become of it. */
  public enum State {
    WAITING,
    HELD,
    REFUSED,
    LEFT
  }

  /** How long a piece of work is rested from, in times of itself, and at most in nanoseconds. */
  private static final int REST = 2;

  private static final long LONGEST_REST = 300_000;

  private final SeatPool pool;
  private final LevelSeats level;
  private final int width;
  volatile State state = State.REFUSED;
  private volatile @Nullable Thread thread;

  // guarded by the pool's lock
  @Nullable FlowQueue queue;
  private long arrival;
  private long since;
  private volatile int away = 1;

  Seat(SeatPool pool, LevelSeats level, int width) {
    this.pool = pool;
    this.level = level;
    this.width = width;
  }

  public State state() {
    return state;
  }

  /** How many seats it is wide. */
  public int width() {
    return width;
  }

  LevelSeats level() {
    return level;
  }

  void queued(FlowQueue in, long virtualNow) {
    queue = in;
    arrival = virtualNow;
    state = State.WAITING;
  }

  void granted(long nanos) {
    since = nanos;
    state = State.HELD;
    LockSupport.unpark(thread);
  }

  void stayAway(int seconds) {
    away = seconds;
  }

  /** For how many seconds whoever was refused shall stay away. */
  public int retryAfter() {
    return away;
  }

  long arrival() {
    return arrival;
  }

  long since() {
    return since;
  }

  /**
   * Waits until it is held.
   *
   * @param nanos how long at most; it is left if that is over, or the thread interrupted
   * @return whether it is held now
   */
  public boolean await(long nanos) {
    if (state != State.WAITING) {
      return state == State.HELD;
    }
    thread = Thread.currentThread();
    long deadline = System.nanoTime() + nanos;
    while (state == State.WAITING) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return pool.giveUp(this);
      }
      LockSupport.parkNanos(this, left);
    }
    return state == State.HELD;
  }

  /** Whether {@link #giveWay} would rest now. */
  public boolean givesWay() {
    return pool.givesWay(level.tenant());
  }

  /**
   * Leaves the processor to others for a moment, if its tenant wants more than it gets while
   * another one, which gets what it wants, asked a moment ago. Who wakes up while the processors
   * are taken waits for the end of a time slice, some milliseconds; to be called after pieces of
   * work of some 0.1 ms.
   *
   * @param nanos how long the piece took
   */
  public void giveWay(long nanos) {
    if (givesWay()) {
      LockSupport.parkNanos(this, Math.min(LONGEST_REST, REST * nanos));
    }
  }

  /** Gives it back, or stops waiting for it. The second time does nothing. */
  public void leave() {
    pool.leave(this);
  }
}

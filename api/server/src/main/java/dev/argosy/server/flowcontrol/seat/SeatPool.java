package dev.argosy.server.flowcontrol.seat;

import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All seats of the server. A tenant may hold up to {@link #OPEN} times what is left free then, so
 * that nobody, alone or with others, ever takes the last ones from those who come next (the dynamic
 * threshold of Choudhury and Hahne, 1998); among tenants that wait, the one with the fewest seats
 * for its weight is served first. Any thread may call.
 */
public final class SeatPool {

  /** A tenant alone may hold three quarters; with another one that wants as much, 3/7 each. */
  static final int OPEN = 3;

  /** So long a tenant is thought to be about to ask again, in nanoseconds. */
  static final long RECENT = 100_000_000;

  private final int total;
  private final int room;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeSet<TenantSeats> hungry = new TreeSet<>(TenantSeats.ORDER);
  private int used;
  private int waiting;
  private long turns;

  // who was served at once, last; two fields that may be of two requests, which does no harm
  private volatile @Nullable TenantSeats content;
  private volatile long contentAt;

  /**
   * A pool with all seats free.
   *
   * @param total how many there are; at least one
   * @param room how many requests may wait, of all tenants together; one may have half of what is
   *     left
   * @param nanos a clock that only goes forward
   */
  public SeatPool(int total, int room, LongSupplier nanos) {
    if (total < 1 || room < 0) {
      throw new IllegalArgumentException("a pool needs seats, not " + total);
    }
    this.total = total;
    this.room = room;
    this.nanos = nanos;
  }

  public int total() {
    return total;
  }

  /** How many are held now. */
  public int used() {
    return answer(() -> used);
  }

  /** How many requests wait now. */
  public int waiting() {
    return answer(() -> waiting);
  }

  /**
   * A tenant that holds nothing yet and costs the pool nothing.
   *
   * @param weight its right to seats against that of others
   * @param trusted whether its exempt requests are exempt from the pool too, not only from its own
   *     levels
   */
  public TenantSeats tenant(int weight, boolean trusted) {
    return answer(() -> new TenantSeats(this, weight, trusted, turns++));
  }

  /**
   * A place for a request; never blocks for more than the lock.
   *
   * @param flow a hash of those requests that are to be treated as one; all bits good
   * @param width how many seats it should have; it gets fewer if the pool is small
   */
  public Seat enter(TenantSeats tenant, String levelName, long flow, int width) {
    lock.lock();
    try {
      LevelSeats level = tenant.level(levelName);
      Seat seat = new Seat(this, level, Math.clamp(width, 1, level.widest()));
      if (free(level) || hungry.isEmpty() && level.fits(seat.width()) && fits(level, seat)) {
        hold(seat);
      } else {
        queue(seat, flow);
      }
      if (seat.state() == Seat.State.HELD && !tenant.waits()) {
        content = tenant;
        contentAt = nanos.getAsLong();
      }
      return seat;
    } finally {
      lock.unlock();
    }
  }

  private static boolean free(LevelSeats level) {
    return level.spec().exempt() && level.tenant().trusted();
  }

  /** Whether the tenant may have so much more of the pool. */
  private boolean fits(LevelSeats level, Seat seat) {
    TenantSeats tenant = level.tenant();
    int width = seat.width();
    int left = total - used - width;
    if (tenant.used() == 0) {
      return left >= 0;
    }
    return left >= 0 && tenant.used() + width <= (long) OPEN * tenant.weight() * left;
  }

  /** How many seats a tenant of that weight may hold if no other one holds any. */
  int alone(int weight) {
    long open = (long) OPEN * weight;
    return (int) Math.max(1, total * open / (open + 1));
  }

  private void hold(Seat seat) {
    adjust(seat, seat.width());
    seat.level().countDispatched();
    seat.granted(seat.queue == null ? 0 : nanos.getAsLong());
  }

  private void adjust(Seat seat, int seats) {
    TenantSeats tenant = seat.level().tenant();
    if (free(seat.level())) {
      seat.level().adjust(seats);
      return;
    }
    boolean listed = hungry.remove(tenant);
    used += seats;
    tenant.adjust(seat.level(), seats);
    if (listed) {
      hungry.add(tenant);
    }
  }

  private void queue(Seat seat, long flow) {
    LevelSeats level = seat.level();
    int length = level.enqueue(seat, flow);
    listWaiting(level.tenant(), 1);
    dispatch();
    if (seat.state() == Seat.State.WAITING
        && (length > level.lengthLimit() || crowded(level.tenant()))) {
      drop(seat, Seat.State.REFUSED);
      seat.stayAway(level.countRefused(nanos.getAsLong()));
      dispatch();
    }
  }

  private boolean crowded(TenantSeats tenant) {
    return waiting > room || tenant.waiting() > Math.max(1, room - waiting);
  }

  private void listWaiting(TenantSeats tenant, int more) {
    hungry.remove(tenant);
    tenant.wait(more);
    waiting += more;
    if (tenant.waits()) {
      hungry.add(tenant);
    }
  }

  private void drop(Seat seat, Seat.State end) {
    seat.level().remove(seat);
    listWaiting(seat.level().tenant(), -1);
    seat.state = end;
  }

  private void dispatch() {
    LevelSeats next = next();
    while (next != null) {
      TenantSeats tenant = next.tenant();
      listWaiting(tenant, -1);
      Seat seat = next.serve();
      hungry.remove(tenant);
      tenant.served(next, turns++);
      if (tenant.waits()) {
        hungry.add(tenant);
      }
      hold(seat);
      next = next();
    }
  }

  /** The level whose head can be served now. */
  private @Nullable LevelSeats next() {
    for (TenantSeats tenant : hungry) {
      LevelSeats level = tenant.next();
      if (level == null) {
        continue;
      }
      if (fits(level, level.head())) {
        return level;
      }
      if (tenant.used() == 0) {
        return null; // its turn: what is free is kept until it is enough
      }
    }
    return null;
  }

  /**
   * Whether a tenant wants more than it gets, while another one, which gets what it wants, asked a
   * moment ago. Takes no lock.
   */
  boolean givesWay(TenantSeats tenant) {
    TenantSeats other = content;
    return tenant.waits()
        && other != null
        && other != tenant
        && nanos.getAsLong() - contentAt < RECENT;
  }

  void leave(Seat seat) {
    lock.lock();
    try {
      switch (seat.state()) {
        case HELD -> {
          seat.state = Seat.State.LEFT;
          adjust(seat, -seat.width());
          FlowQueue queue = seat.queue;
          if (queue != null) {
            seat.level().ended(seat, queue, nanos.getAsLong());
          }
          dispatch();
        }
        case WAITING -> {
          drop(seat, Seat.State.LEFT);
          dispatch();
        }
        case REFUSED, LEFT -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops waiting, unless the seat was granted meanwhile; answers whether it was. */
  boolean giveUp(Seat seat) {
    lock.lock();
    try {
      if (seat.state() == Seat.State.WAITING) {
        drop(seat, Seat.State.LEFT);
        seat.stayAway(seat.level().countTimedOut(nanos.getAsLong()));
        dispatch();
      }
      return seat.state() == Seat.State.HELD;
    } finally {
      lock.unlock();
    }
  }

  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      dispatch();
    } finally {
      lock.unlock();
    }
  }

  <T> T answer(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }
}

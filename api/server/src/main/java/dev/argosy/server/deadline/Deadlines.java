package dev.argosy.server.deadline;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The deadlines of all requests that are under way. */
public final class Deadlines implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Duration most;
  private final LongSupplier nanos;
  private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * Gives deadlines.
   *
   * @param most how long a request may take that does not want less
   * @param nanos a clock that only goes forward
   */
  public Deadlines(Duration most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
  }

  /** How long a request may take at the most. */
  public Duration most() {
    return most;
  }

  /**
   * The deadline of a request that begins now; {@link #ended} must follow.
   *
   * @param wanted how long the client wants to wait; zero for as long as may be
   */
  public Deadline begin(Duration wanted) {
    boolean less = wanted.isPositive() && wanted.compareTo(most) < 0;
    Deadline deadline = Deadline.in(less ? wanted : most, nanos);
    open.add(deadline);
    return deadline;
  }

  /** The request is over, in one way or another. */
  public void ended(Deadline deadline) {
    open.remove(deadline);
  }

  /** Begins to look for requests that are stuck. */
  public void start() {
    Thread.ofVirtual().name("deadlines").start(this::run);
  }

  private void run() {
    try {
      while (!over.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts off those that are stuck after their end. */
  void look() {
    open.forEach(Deadline::cutIfOver);
  }

  @Override
  public void close() {
    over.countDown();
  }
}

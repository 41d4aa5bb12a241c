package dev.argosy.server.deadline;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** When a request must be done. Its own thread uses it; one other thread may cut it off. */
public final class Deadline {

  /** For what may last as long as it likes. */
  public static final Deadline NONE = new Deadline(() -> 0, 0, false);

  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  private final LongSupplier nanos;
  private final long end;
  private final boolean finite;
  private volatile @Nullable Thread moving;
  private volatile boolean cut;

  private Deadline(LongSupplier nanos, long end, boolean finite) {
    this.nanos = nanos;
    this.end = end;
    this.finite = finite;
  }

  /** A deadline that far from now. */
  static Deadline in(Duration time, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + time.toNanos(), true);
  }

  /** The deadline of the request that this thread serves; {@link #NONE} if it serves none. */
  public static Deadline current() {
    return CURRENT.orElse(NONE);
  }

  /** Something that may fail as the network does. */
  @FunctionalInterface
  public interface Io<T> {
    T run() throws IOException;
  }

  /** Does something under this deadline. */
  public <T> T during(Io<T> action) throws IOException {
    return ScopedValue.where(CURRENT, this).call(action::run);
  }

  public boolean over() {
    return finite && nanos.getAsLong() - end >= 0;
  }

  /**
   * Refuses to go on when it is over.
   *
   * @throws StatusException Timeout
   */
  public void check() {
    if (over()) {
      throw timeout().asException();
    }
  }

  /** The words of Kubernetes for a request that took too long. */
  public static Status timeout() {
    return Status.of(
        Reason.TIMEOUT,
        "Timeout: request did not complete within requested timeout - context deadline exceeded");
  }

  /** How long something may take that would take so long without a deadline. */
  public Duration atMost(Duration wanted) {
    if (!finite) {
      return wanted;
    }
    Duration left = Duration.ofNanos(Math.max(1, end - nanos.getAsLong()));
    return left.compareTo(wanted) < 0 ? left : wanted;
  }

  /**
   * Reads from the client or writes to it; is cut off when the deadline is over.
   *
   * @throws StatusException Timeout
   */
  public <T> T io(Io<T> action) throws IOException {
    if (!finite) {
      return action.run();
    }
    check();
    moving = Thread.currentThread();
    try {
      return action.run();
    } catch (IOException e) {
      if (cut) {
        StatusException late = timeout().asException();
        late.addSuppressed(e);
        throw late;
      }
      throw e;
    } finally {
      stopped();
    }
  }

  private synchronized void stopped() {
    moving = null;
    if (cut) {
      boolean ours = Thread.interrupted(); // not to be taken for somebody else's wish
      assert ours || cut;
    }
  }

  /** Ends reading or writing that goes on after the end. */
  synchronized void cutIfOver() {
    Thread stuck = moving;
    if (stuck != null && over()) {
      cut = true;
      stuck.interrupt();
    }
  }
}

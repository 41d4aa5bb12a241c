package dev.argosy.model.leader;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Fence;
import dev.argosy.model.leader.Candidacy.Move;
import dev.argosy.model.leader.LeaseStore.Seen;
import dev.argosy.model.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a term of leadership while this process holds a lease (root's {@code kube-system}), and ends
 * it at once when the lease is lost or could not be renewed in time, even while a request hangs.
 * Other processes' clocks do not matter: a lease is over when it was not seen to change for its
 * duration. Closing it ends the term and gives the lease back.
 *
 * <p>A process that was stopped for a while may go on with a write after its lease is over; so each
 * term has a fence, which falls when the next term begins, and nothing written behind it is kept
 * then. What {@link Candidacy} decides is carried out here, on one thread; one more ends the term
 * in time.
 */
public final class LeaderElection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  /** What runs while leading; closing it must stop all its work before it returns. */
  @FunctionalInterface
  public interface Term extends AutoCloseable {
    @Override
    void close();
  }

  private final LeaseStore store;
  private final LeaseTiming timing;
  private final Timers timers;
  private final Function<Fence, ? extends Term> begin;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;

  private volatile Candidacy candidacy;
  private volatile @Nullable Term term;
  private Timers.@Nullable Timer deadline;

  /**
   * For terms whose writes do no harm when they come late.
   *
   * @param name of the lease, for example {@code argosy-scheduler}
   * @param identity of this process; different in each
   * @param begin starts a term
   */
  public LeaderElection(
      ApiClient client,
      String name,
      String identity,
      LeaseTiming timing,
      Timers timers,
      Supplier<? extends Term> begin) {
    this(client, name, identity, timing, timers, fence -> begin.get());
  }

  /**
   * @param name of the lease, for example {@code argosy-controllers}
   * @param identity of this process; different in each
   * @param begin starts a term, which must write behind the fence that it is given, and must not
   *     decide on a state read before
   */
  public LeaderElection(
      ApiClient client,
      String name,
      String identity,
      LeaseTiming timing,
      Timers timers,
      Function<Fence, ? extends Term> begin) {
    this.store = new LeaseStore(client, name);
    this.timing = timing;
    this.timers = timers;
    this.begin = begin;
    this.candidacy = Candidacy.of(identity, timing);
  }

  /** Begins to run for the lease, for as long as this is not closed. */
  public void start() {
    Thread runner = Thread.ofVirtual().name("leader-" + store.name()).unstarted(this::run);
    thread = runner;
    runner.start();
  }

  /** Whether a term runs here and its lease is good. */
  public boolean leading() {
    return term != null && candidacy.leads(timers.now());
  }

  private void run() {
    try {
      Duration pause;
      do {
        pause = attempt();
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("election for {} interrupted", store.name());
    }
  }

  /** One try to get or renew the lease; answers how long to wait for the next. */
  Duration attempt() {
    try {
      Seen seen = store.read();
      return look(seen);
    } catch (RuntimeException e) {
      LOG.warn("lease {}: {}", store.name(), e.toString());
      return timing.retry();
    }
  }

  /** Whoever waits for another's lease to be over does not wait longer. */
  private Duration look(Seen seen) {
    Instant now = timers.now();
    return switch (decide(seen, now)) {
      case Move.Stand(Candidacy next, String holder, Instant over) -> {
        Duration left = Duration.between(now, over).plusMillis(1);
        yield left.compareTo(timing.retry()) < 0 ? left : timing.retry();
      }
      case Move.Claim(Candidacy next, LeaseRecord lease) -> {
        claim(seen, lease);
        yield timing.retry();
      }
    };
  }

  private synchronized Move decide(Seen seen, Instant now) {
    Move move = candidacy.on(seen.record(), seen.termRevision(), now);
    if (move.next().term() == 0) {
      end(
          move instanceof Move.Stand stand
              ? "another holds the lease: " + stand.holder()
              : "its lease is over, or its term is not the newest");
    }
    candidacy = move.next();
    return move;
  }

  private void claim(Seen seen, LeaseRecord lease) {
    Instant sent = timers.now();
    if (closed.getCount() == 0 || !store.writeLease(seen, lease, sent)) {
      return;
    }
    if (candidacy.term() > 0) {
      won(candidacy.won(sent, candidacy.term()));
      return;
    }
    Optional<Fence> fence = store.writeTerm(seen, lease, timers.now());
    fence.ifPresent(f -> begin(candidacy.won(sent, f.revision()), f));
  }

  private synchronized void won(Candidacy next) {
    if (term != null && closed.getCount() > 0) {
      candidacy = next;
      watch();
    }
  }

  private synchronized void begin(Candidacy next, Fence fence) {
    if (closed.getCount() == 0) {
      release(next.identity());
      return;
    }
    if (!next.leads(timers.now())) {
      return;
    }
    LOG.info("{} leads {}", next.identity(), store.name());
    try {
      term = begin.apply(fence);
      candidacy = next;
      watch();
    } catch (RuntimeException e) {
      LOG.error("{} cannot lead {}", next.identity(), store.name(), e);
      release(next.identity());
    }
  }

  /** Has the end of the lease watched by another thread than the one that may hang in a request. */
  private void watch() {
    if (deadline != null) {
      deadline.cancel();
    }
    Duration left = Duration.between(timers.now(), candidacy.until());
    deadline = timers.after(left, () -> Thread.startVirtualThread(this::expire));
  }

  private synchronized void expire() {
    if (term == null) {
      return;
    }
    if (candidacy.leads(timers.now())) {
      watch();
      return;
    }
    end("the lease could not be renewed in time");
  }

  private synchronized void end(String why) {
    Term ending = term;
    if (ending != null) {
      LOG.warn("{} stops leading {}: {}", candidacy.identity(), store.name(), why);
      term = null;
      candidacy = candidacy.ended();
      ending.close();
    }
  }

  @Override
  public void close() {
    boolean led;
    synchronized (this) {
      closed.countDown();
      led = term != null;
      if (deadline != null) {
        deadline.cancel();
      }
      end("closed");
    }
    Thread runner = thread;
    if (runner != null) {
      runner.interrupt();
    }
    if (led) {
      release(candidacy.identity());
    }
  }

  private void release(String identity) {
    try {
      store.release(identity, timers.now());
    } catch (RuntimeException e) {
      LOG.info("could not give back the lease {}: {}", store.name(), e.toString());
    }
  }
}

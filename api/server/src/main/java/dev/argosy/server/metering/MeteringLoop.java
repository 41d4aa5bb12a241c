package dev.argosy.server.metering;

import dev.argosy.model.metric.Metrics;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.tenancy.usage.UsageKept;
import dev.argosy.tenancy.usage.UsageLedger;
import dev.argosy.tenancy.usage.UsagePass;
import dev.argosy.tenancy.usage.UsageTurn;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes turns out of etcd into the ledger, closes hours, and forgets what is old. Runs on every
 * server, and does it where no other is at it. It may die anywhere: a turn is removed from etcd
 * after it was applied, and applied twice it changes nothing.
 */
final class MeteringLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MeteringLoop.class);

  /** Hours are closed a little after their end, when most turns of them have come. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration RECOUNT_EVERY = Duration.ofHours(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(6);

  private final UsageLedger ledger;
  private final TurnQueue queue;
  private final Recount recount;
  private final Pace pace;
  private final Clock clock;
  private final Consumer<Instant> further;
  private final Metrics.Counter turns;
  private final Metrics.Counter mended;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private Instant nextRecount = Instant.MIN;
  private Instant nextForgetting = Instant.MIN;
  private boolean well = true;

  /**
   * How often it looks, and how long it keeps.
   *
   * @param interval between two passes
   */
  record Pace(Duration interval, UsageKept kept) {}

  MeteringLoop(UsageLedger ledger, TurnQueue queue, Recount recount, Pace pace, Means means) {
    this.ledger = ledger;
    this.queue = queue;
    this.recount = recount;
    this.pace = pace;
    this.clock = means.clock();
    this.further = means.further();
    this.turns =
        means
            .metrics()
            .counter(
                "argosy_metering_turns_total",
                "Begins, changes and ends of what is charged for that this server has kept.")
            .with();
    this.mended =
        means
            .metrics()
            .counter(
                "argosy_metering_mended_total",
                "Subjects whose usage was not as the objects say, and was mended.")
            .with();
  }

  /**
   * What it works with.
   *
   * @param further is done after each pass, alone too
   */
  record Means(Clock clock, Metrics metrics, Consumer<Instant> further) {}

  /** Begins; does not wait. */
  void start() {
    thread = Thread.ofVirtual().name("metering").start(this::run);
  }

  private void run() {
    try {
      do {
        attempt();
      } while (!closing.await(pace.interval().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    try {
      ledger.alone(this::pass);
      well = true;
    } catch (StoreUnavailableException | PersistenceException e) {
      if (well) {
        LOG.warn("usage cannot be kept now; nothing is lost, it is tried again", e);
      }
      well = false;
    } catch (RuntimeException e) {
      LOG.error("usage cannot be kept, trying again", e);
    }
  }

  /** One look; returns how many turns were new. */
  long pass(UsagePass ledger) {
    long[] applied = {0};
    TurnQueue.Emptied state =
        queue.empty(
            (some, revision) -> applied[0] += ledger.apply(some, revision, clock.instant()));
    turns.add(applied[0]);
    Instant now = clock.instant();
    if (!now.isBefore(nextRecount) && recounted(ledger, state.revision(), now)) {
      nextRecount = now.plus(RECOUNT_EVERY);
    }
    ledger.close(now.minus(GRACE), state.emptied() ? state.revision() : 0);
    if (!now.isBefore(nextForgetting)) {
      nextForgetting = now.plus(FORGET_EVERY);
      ledger.forget(now, pace.kept());
    }
    further(now);
    return applied[0];
  }

  private void further(Instant now) {
    try {
      further.accept(now);
    } catch (RuntimeException e) {
      LOG.warn("quotas and budgets cannot be looked at, trying again", e);
    }
  }

  private boolean recounted(UsagePass ledger, long revision, Instant now) {
    Optional<List<UsageTurn>> states = recount.at(revision, now);
    if (states.isEmpty()) {
      return false; // the next pass has a newer revision
    }
    long found = ledger.recount(states.get(), revision, now);
    if (found > 0) {
      LOG.info("usage of {} subjects was not as their objects say, and was mended", found);
      mended.add(found);
    }
    return true;
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

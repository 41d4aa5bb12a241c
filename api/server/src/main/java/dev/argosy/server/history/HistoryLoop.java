package dev.argosy.server.history;

import dev.argosy.tenancy.history.HistoryUpkeep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings authors to their revisions every minute, and the history into its bounds every hour. */
final class HistoryLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryLoop.class);
  private static final Duration SETTLE_EVERY = Duration.ofMinutes(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final HistoryUpkeep upkeep;
  private final BooleanSupplier mine;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Instant nextForgetting = Instant.MIN;

  /**
   * Not running yet.
   *
   * @param mine whether this server is the one to do it
   */
  HistoryLoop(HistoryUpkeep upkeep, BooleanSupplier mine, Clock clock) {
    this.upkeep = upkeep;
    this.mine = mine;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("history-upkeep").start(this::run);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (!closed.await(SETTLE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        if (mine.getAsBoolean()) {
          round();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    try {
      upkeep.settleAuthors();
      Instant now = clock.instant();
      if (!now.isBefore(nextForgetting)) {
        upkeep.makeRoom();
        upkeep.forget(now);
        nextForgetting = now.plus(FORGET_EVERY);
      }
    } catch (RuntimeException e) {
      LOG.warn("the history cannot be kept in bounds now, trying again: {}", e.getMessage());
    }
  }
}

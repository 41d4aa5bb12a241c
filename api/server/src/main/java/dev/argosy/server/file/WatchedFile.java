package dev.argosy.server.file;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.status.StatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is taken over as it is, and again whenever it changes, as a whole or not at all. One
 * that cannot be used is told in the log once for each state of it, with all that is to be mended,
 * and what was before goes on. One thread, which looks every few seconds: files that are mounted
 * into containers change in ways that tell nobody.
 */
public final class WatchedFile implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

  private final Path file;
  private final Metrics.Family<Metrics.Counter> reloads;
  private final Use use;
  private final CountDownLatch closing = new CountDownLatch(1);
  private byte @Nullable [] seen;
  private boolean missing;

  /** What is done with it. */
  @FunctionalInterface
  public interface Use {

    /**
     * Takes all of it over, or nothing.
     *
     * @return what it is now, for the log
     * @throws IllegalArgumentException or {@link StatusException}, whose message says what is to be
     *     mended
     */
    String take(byte[] text);
  }

  /**
   * Nothing is read yet.
   *
   * @param reloads counts by {@code success} and {@code failure}
   */
  public WatchedFile(Path file, Metrics.Family<Metrics.Counter> reloads, Use use) {
    this.file = file;
    this.reloads = reloads;
    this.use = use;
  }

  /** Takes it over as it is, then begins to look for changes. */
  public void start() {
    look();
    Thread.ofVirtual().name("watched-file").start(this::run);
  }

  private void run() {
    try {
      while (!closing.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes it over if it is not what was seen last. */
  public void look() {
    byte[] now;
    try {
      now = Files.readAllBytes(file);
    } catch (IOException e) {
      if (!missing) {
        missing = true;
        refused("cannot read it: " + e);
      }
      return;
    }
    missing = false;
    if (!Arrays.equals(now, seen)) {
      seen = now;
      take(now);
    }
  }

  private void take(byte[] text) {
    try {
      String what = use.take(text);
      reloads.with("success").increment();
      LOG.info("{}: {}", file, what);
    } catch (StatusException e) {
      refused(String.valueOf(e.status().message()));
    } catch (IllegalArgumentException e) {
      refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      reloads.with("failure").increment();
      LOG.error("{} is not taken over, what was before stays", file, e);
    }
  }

  private void refused(String why) {
    reloads.with("failure").increment();
    LOG.error("{} is not taken over, what was before stays. To be mended:\n{}", file, why);
  }

  @Override
  public void close() {
    closing.countDown();
  }
}

package dev.argosy.wiring;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.status.StatusException;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import dev.argosy.server.request.YamlBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that says how the scheduler works. It is taken over as it changes, as a whole or not at
 * all: one that cannot be used is told in the log once for each state of it, with all that is to be
 * mended, and what was before goes on. One thread, which looks every few seconds: files that are
 * mounted into containers change in ways that tell nobody.
 */
final class SchedulerFile implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerFile.class);

  private final Path file;
  private final Consumer<Configuration> scheduler;
  private final Metrics.Family<Metrics.Counter> reloads;
  private final CountDownLatch closing = new CountDownLatch(1);
  private byte @Nullable [] seen;
  private boolean missing;

  SchedulerFile(Path file, Consumer<Configuration> scheduler, Metrics metrics) {
    this.file = file;
    this.scheduler = scheduler;
    this.reloads =
        metrics.counter(
            "argosy_scheduler_config_reloads_total",
            "Times that the scheduler's file was taken over, or could not be.",
            "status");
  }

  /** Takes it over as it is, then begins to look for changes. */
  SchedulerFile start() {
    look();
    Thread.ofVirtual().name("scheduler-file").start(this::run);
    return this;
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

  void look() {
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
      Configuration read = ConfigurationFile.read(new YamlBody(MAX_BYTES).decode(text).tree());
      scheduler.accept(read);
      reloads.with("success").increment();
      LOG.info("{}: profiles {}", file, read.profiles().names());
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

package dev.argosy.server.authn;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.authn.claims.AuthenticationFile;
import dev.argosy.server.authn.claims.TrustedIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the issuers in a file, and again whenever that changes, without a restart. A file that
 * cannot be used is told in the log once for each state of it, with all that is to be mended; who
 * was believed before is believed on. One thread, which looks every few seconds: files that are
 * mounted into containers change in ways that tell nobody.
 */
public final class IssuerFile implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(IssuerFile.class);

  private final Path file;
  private final BearerTokens tokens;
  private final Metrics.Family<Metrics.Counter> reloads;
  private final CountDownLatch closing = new CountDownLatch(1);
  private byte @Nullable [] seen;
  private boolean missing;

  public IssuerFile(Path file, BearerTokens tokens, Metrics metrics) {
    this.file = file;
    this.tokens = tokens;
    this.reloads =
        metrics.counter(
            "apiserver_authentication_config_controller_automatic_reloads_total",
            "Times that the file of issuers was taken over, or could not be.",
            "status");
  }

  /** Takes it over as it is, then begins to look for changes. */
  public void start() {
    look();
    Thread.ofVirtual().name("issuer-file").start(this::run);
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

  private void look() {
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
      List<TrustedIssuer> issuers = AuthenticationFile.read(text);
      tokens.trust(issuers);
      reloads.with("success").increment();
      LOG.info("{}: believing {}", file, issuers.stream().map(TrustedIssuer::url).toList());
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

package dev.argosy.server.relay;

import dev.argosy.server.upgrade.Upgrade;
import dev.argosy.server.upgrade.UpgradedConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two connections that have left HTTP, as one: bytes are led from each to the other. */
final class Switched {

  private static final Logger LOG = LoggerFactory.getLogger(Switched.class);

  /** By then a client that is still there has taken the answer. */
  private static final Duration BEGIN = Duration.ofSeconds(30);

  private static final int CHUNK = 16 * 1024;

  private final Line line;
  private final CountDownLatch begun = new CountDownLatch(1);

  private Switched(Line line) {
    this.line = line;
  }

  /** Answers 101 and takes the line over. */
  static void begin(
      Line line, String protocol, HttpServletRequest request, HttpServletResponse response) {
    Switched both = new Switched(line);
    Upgrade.to(protocol, request, response, both::converse);
    Thread.ofVirtual().name("switch-begin").start(both::requireBegin);
  }

  private void requireBegin() {
    try {
      if (!begun.await(BEGIN.toNanos(), TimeUnit.NANOSECONDS)) {
        line.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(UpgradedConnection client) throws IOException {
    begun.countDown();
    Thread back =
        Thread.ofVirtual()
            .name("switched")
            .start(() -> {
              copy(line.input(), client.output());
              client.close();
            });
    try {
      copy(client.input(), line.output());
    } finally {
      line.close();
      back.interrupt();
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        to.write(chunk, 0, read);
        to.flush();
      }
    } catch (IOException e) {
      LOG.debug("an upgraded connection ended: {}", e.getMessage());
    }
  }
}

package dev.argosy.server.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pings the client of a quiet conversation, so that neither the front's idle timeout nor anything
 * between gives the connection up.
 */
final class Heartbeat implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(15);

  /** Sends one ping. */
  @FunctionalInterface
  interface Ping {
    void send() throws IOException;
  }

  private final CountDownLatch closed = new CountDownLatch(1);

  private Heartbeat() {}

  static Heartbeat start(Ping ping) {
    Heartbeat heartbeat = new Heartbeat();
    Thread.ofVirtual().name("heartbeat").start(() -> heartbeat.run(ping));
    return heartbeat;
  }

  private void run(Ping ping) {
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        ping.send();
      }
    } catch (IOException e) {
      closed.countDown(); // who reads or writes the connection notices by itself
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

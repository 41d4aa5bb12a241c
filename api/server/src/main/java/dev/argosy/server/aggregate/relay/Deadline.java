package dev.argosy.server.aggregate.relay;

import dev.argosy.server.dial.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a connection when its time is up, or when it is closed itself. */
final class Deadline implements AutoCloseable {

  private final CountDownLatch over = new CountDownLatch(1);
  private final Connection connection;
  private final Duration time;
  private volatile boolean passed;

  private Deadline(Connection connection, Duration time) {
    this.connection = connection;
    this.time = time;
  }

  static Deadline of(Connection connection, Duration time) {
    Deadline deadline = new Deadline(connection, time);
    Thread.ofVirtual().name("remote-deadline").start(deadline::watch);
    return deadline;
  }

  private void watch() {
    try {
      if (!over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        passed = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** Whether it was time that ended the connection. */
  boolean passed() {
    return passed;
  }

  @Override
  public void close() {
    over.countDown();
  }

  private void end() {
    try {
      connection.close();
    } catch (IOException e) {
      over.countDown(); // it is given up anyway
    }
  }
}

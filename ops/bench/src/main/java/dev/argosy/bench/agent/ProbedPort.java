package dev.argosy.bench.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicLong;

/** Counts who connects. */
final class ProbedPort implements AutoCloseable {

  private static final int WAITING = 4096;

  private final ServerSocket socket;
  private final AtomicLong asked = new AtomicLong();

  private ProbedPort(ServerSocket socket) {
    this.socket = socket;
  }

  static ProbedPort open() throws IOException {
    ProbedPort port =
        new ProbedPort(new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(port::accept);
    return port;
  }

  private void accept() {
    try {
      while (true) {
        socket.accept().close();
        asked.incrementAndGet();
      }
    } catch (IOException closed) {
      // nobody asks any more
    }
  }

  int number() {
    return socket.getLocalPort();
  }

  long asked() {
    return asked.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

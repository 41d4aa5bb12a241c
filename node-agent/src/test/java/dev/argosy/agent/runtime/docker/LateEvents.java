package dev.argosy.agent.runtime.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Stands before an engine and passes everything on, but requests for events only when allowed. */
final class LateEvents implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Path socket;
  private final Path engine;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch allowed = new CountDownLatch(1);

  LateEvents(Path folder, String engineHost) throws IOException {
    this.socket = folder.resolve("late.sock");
    this.engine = Path.of(engineHost.substring("unix://".length()));
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::acceptAll);
  }

  String host() {
    return "unix://" + socket;
  }

  void awaitAsked() throws InterruptedException {
    asked.await();
  }

  void allow() {
    allowed.countDown();
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      allow();
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
      Thread back = Thread.ofVirtual().start(() -> pump(behind, client));
      pump(client, behind);
      back.join();
    } catch (IOException | InterruptedException ended) {
      // the client sees it
    }
  }

  private void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
    try {
      while (from.read(bytes.clear()) >= 0) {
        bytes.flip();
        if (US_ASCII.decode(bytes.duplicate()).toString().startsWith("GET /events")) {
          asked.countDown();
          allowed.await();
        }
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
      }
      to.shutdownOutput();
    } catch (IOException | InterruptedException ended) {
      // the other side sees it
    }
  }

  @Override
  public void close() throws IOException {
    allow();
    server.close();
  }
}

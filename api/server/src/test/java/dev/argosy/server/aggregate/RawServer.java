package dev.argosy.server.aggregate;

import dev.argosy.server.testing.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server that answers as no well-kept library would. */
public final class RawServer implements AutoCloseable {

  /** Goes on after the head of a request was read. */
  @FunctionalInterface
  public interface Talk {
    void talk(String head, InputStream in, OutputStream out) throws IOException;
  }

  public final List<String> heads = new CopyOnWriteArrayList<>();
  private final SSLServerSocket server;
  private final Talk talk;

  public RawServer(Path folder, String host, Talk talk) throws Exception {
    Files.createDirectories(folder);
    this.talk = talk;
    server =
        (SSLServerSocket)
            TestCertificates.in(folder)
                .server(host)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      heads.add(head);
      talk.talk(head, socket.getInputStream(), socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // the client went away
    }
  }

  /** Reads a head, its end included. */
  public static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed after: " + head);
      }
      head.append((char) b);
    }
    return head.toString();
  }

  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** A whole answer with JSON. */
  public static void json(OutputStream out, String body) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

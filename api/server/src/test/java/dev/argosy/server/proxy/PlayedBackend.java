package dev.argosy.server.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.server.relay.Header;
import dev.argosy.server.relay.ReplyBody;
import dev.argosy.server.relay.ReplyHead;
import dev.argosy.server.testing.TestCertificates;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server in a pod: raw HTTP/1.1, so that a test sees and says every byte. */
final class PlayedBackend implements AutoCloseable {

  /** The heads of all requests, with the bodies that were read. */
  final List<String> heads = new CopyOnWriteArrayList<>();

  /** Lets {@code /slow} go on. */
  final CountDownLatch goOn = new CountDownLatch(1);

  private final ServerSocket socket;

  PlayedBackend() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** One that speaks TLS, under a name that nobody expects. */
  static PlayedBackend secure(Path folder) throws Exception {
    return new PlayedBackend(
        TestCertificates.in(folder)
            .server("nobody.asks.whose")
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  private PlayedBackend(ServerSocket socket) {
    this.socket = socket;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      heads.add(head);
      String path = head.split(" ", 3)[1].replaceFirst("\\?.*", "");
      answer(path, head, in, client.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // the client is gone
    }
  }

  private void answer(String path, String head, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    switch (path) {
      case "/redirect" -> say(out, "302 Found", "Location: /login?next=%2F\r\n", "");
      case "/elsewhere" -> say(out, "302 Found", "Location: https://example.com/login\r\n", "");
      case "/page" ->
          say(
              out,
              "200 OK",
              "Content-Type: text/html; charset=utf-8\r\n",
              "<!DOCTYPE html><!-- <a href=\"/no\"> --><a href=\"/über\">ü</a><a href='rel'>r</a>"
                  + "<img alt=\"/x\" src=/logo.png><script src=\"/app.js\">\"<a href='/no'>\"</script>"
                  + "<form action=\"https://example.com/\"></form>");
      case "/cors" ->
          say(out, "200 OK", "Access-Control-Allow-Origin: *\r\nX-Own: a\r\nX-Own: b\r\n", "cors");
      case "/teapot" -> say(out, "418 I'm a teapot", "Content-Type: text/plain\r\n", "short");
      case "/silent" -> {}
      case "/broken" -> {
        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nha".getBytes(UTF_8));
        out.flush();
      }
      case "/slow" -> {
        out.write(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n".getBytes(UTF_8));
        out.flush();
        goOn.await();
        out.write("4\r\ntwo\n\r\n0\r\n\r\n".getBytes(UTF_8));
      }
      case "/ws" -> {
        out.write(
            ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n"
                    + "X-Own: yes\r\n\r\nhello")
                .getBytes(UTF_8));
        in.transferTo(out);
      }
      case "/noupgrade" -> say(out, "403 Forbidden", "Content-Type: text/plain\r\n", "no");
      case "/early" -> say(out, "413 Payload Too Large", "", "enough");
      default -> {
        byte[] body = body(head, in);
        heads.add(new String(body, UTF_8));
        say(out, "200 OK", "Content-Type: text/plain\r\n", head.split(" ")[0] + " " + body.length);
      }
    }
  }

  private static void say(OutputStream out, String status, String headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n";
    out.write(head.getBytes(ISO_8859_1));
    out.write(bytes);
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static byte[] body(String head, InputStream in) throws IOException {
    String lower = head.toLowerCase();
    if (lower.contains("transfer-encoding: chunked")) {
      ReplyHead framing =
          new ReplyHead("HTTP/1.1", 200, List.of(new Header("Transfer-Encoding", "chunked")));
      return ReplyBody.of("GET", framing, in).readAllBytes();
    }
    int at = lower.indexOf("content-length: ");
    int length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
    return in.readNBytes(length);
  }

  @Override
  public void close() throws IOException {
    goOn.countDown();
    socket.close();
  }
}

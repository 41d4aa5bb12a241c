package dev.argosy.agent.runtime.cri.remote;

import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Goes to the address that a runtime gave for one conversation. */
final class Upgrade {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int LONGEST_HEAD = 16 * 1024;

  private Upgrade() {}

  static SpdyConnection connect(String url) throws RuntimeFailure {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme())) {
      throw new RuntimeFailure(
          Kind.REFUSED,
          "the container runtime streams over "
              + uri.getScheme()
              + "; have it stream in plain on its loopback address (containerd:"
              + " enable_tls_streaming = false)");
    }
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()),
          CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String request =
          "POST "
              + uri.getRawPath()
              + query
              + " HTTP/1.1\r\nHost: "
              + uri.getRawAuthority()
              + "\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n"
              + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      if (!head.startsWith("HTTP/1.1 101")) {
        throw new IOException("answers " + head.lines().findFirst().orElse("nothing"));
      }
      return new SpdyConnection(socket, in);
    } catch (IOException e) {
      close(socket);
      throw new RuntimeFailure(
          Kind.UNAVAILABLE, "the container runtime's streaming server: " + e.getMessage());
    }
  }

  private static String head(BufferedInputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lineFeeds = 0;
    while (lineFeeds < 2) {
      int b = in.read();
      if (b < 0 || head.size() > LONGEST_HEAD) {
        throw new IOException("closed the connection");
      }
      head.write(b);
      lineFeeds = b == '\n' ? lineFeeds + 1 : b == '\r' ? lineFeeds : 0;
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
  }
}

package dev.argosy.agent.runtime.docker;

import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;

/**
 * One connection to the engine for one streaming call. Written by hand because docker-java does not
 * pass on the end of a process's input, which ends programs such as {@code cat}.
 */
final class EngineSocket implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private final SocketChannel channel;
  private final InputStream in;

  private EngineSocket(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
  }

  /** Sends a request that the engine answers by giving the connection away. */
  static EngineSocket upgrade(String dockerHost, String path, String json) throws RuntimeFailure {
    return request(
        dockerHost,
        "POST " + path + " HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n",
        json);
  }

  /** Sends a request whose answer is the rest of the connection. */
  static EngineSocket read(String dockerHost, String path) throws RuntimeFailure {
    return request(dockerHost, "GET " + path + " HTTP/1.0\r\nHost: docker\r\n", "");
  }

  /** Has the engine do something that may take long. */
  static void post(String dockerHost, String path, String json) throws RuntimeFailure {
    request(dockerHost, "POST " + path + " HTTP/1.0\r\nHost: docker\r\n", json).close();
  }

  private static EngineSocket request(String dockerHost, String head, String json)
      throws RuntimeFailure {
    try {
      EngineSocket socket = new EngineSocket(SocketChannel.open(address(dockerHost)));
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      String rest =
          "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n" + json;
      Channels.newOutputStream(socket.channel)
          .write((head + rest).getBytes(StandardCharsets.UTF_8));
      socket.expectSuccess();
      return socket;
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.UNAVAILABLE, "container engine: " + e.getMessage());
    }
  }

  private static SocketAddress address(String dockerHost) {
    URI uri = URI.create(dockerHost);
    return uri.getScheme().equals("unix")
        ? UnixDomainSocketAddress.of(uri.getPath())
        : new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  private void expectSuccess() throws IOException, RuntimeFailure {
    String head = head();
    String[] words = head.split("[ \r]", 3);
    int code = words.length > 1 ? Integer.parseInt(words[1]) : 0;
    if (code == 101 || code == 200 || code == 201) {
      return;
    }
    String message = message(in.readNBytes(length(head)));
    close();
    throw new RuntimeFailure(
        switch (code) {
          case 404 -> Kind.NOT_FOUND;
          case 409 -> Kind.CONFLICT;
          default -> Kind.REFUSED;
        },
        message);
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lineFeeds = 0;
    while (lineFeeds < 2) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed the connection");
      }
      head.write(b);
      lineFeeds = b == '\n' ? lineFeeds + 1 : b == '\r' ? lineFeeds : 0;
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static int length(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .map(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
        .findFirst()
        .orElse(0);
  }

  private static String message(byte[] body) {
    try {
      return Json.parse(body).path("message").asString("").strip();
    } catch (JacksonException | ClassCastException notJson) {
      return new String(body, StandardCharsets.UTF_8).strip();
    }
  }

  InputStream in() {
    return in;
  }

  /** What is written goes out at once; closing it tells the engine that no more will come. */
  OutputStream out() {
    OutputStream raw = Channels.newOutputStream(channel);
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        raw.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        raw.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        channel.shutdownOutput();
      }
    };
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException closingAnyway) {
      // nothing is left to be released
    }
  }
}

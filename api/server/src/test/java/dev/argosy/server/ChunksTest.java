package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on the wire of HTTP/1.1, byte by byte. */
class ChunksTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As urllib3 does: size, data, and the line end behind it, before anything is handed on. */
  @Test
  void anEventIsWholeBeforeTheNextOneComes() throws IOException {
    try (Socket socket = ask(MAPS + "?watch=true&timeoutSeconds=30")) {
      InputStream in = socket.getInputStream();
      assertThat(head(in)).contains("200 OK", "Transfer-Encoding: chunked");
      for (String name : new String[] {"one", "two", "three"}) {
        String data = name.equals("two") ? "x".repeat(100_000) : "x";
        server
            .client()
            .post(
                MAPS,
                "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"a\":\"" + data + "\"}}");
        StringBuilder event = new StringBuilder();
        while (!event.toString().endsWith("\n")) {
          event.append(chunk(in));
        }
        assertThat(event.toString()).startsWith("{\"type\":\"ADDED\"").contains(name, data);
      }
    }
  }

  @Test
  void theEndIsToldOnceAndTheConnectionGoesOn() throws IOException {
    server.client().post(MAPS, "{\"metadata\":{\"name\":\"one\"}}");
    try (Socket socket = ask(MAPS + "?watch=true&timeoutSeconds=1")) {
      InputStream in = socket.getInputStream();
      for (int i = 0; i < 2; i++) {
        head(in);
        assertThat(chunk(in)).contains("ADDED");
        assertThat(chunk(in)).isEmpty();
        send(socket, MAPS + "?watch=true&timeoutSeconds=1");
      }
      head(in);
      assertThat(chunk(in)).contains("ADDED");
    }
  }

  private Socket ask(String path) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.server.port());
    socket.setSoTimeout(20_000);
    send(socket, path);
    return socket;
  }

  private static void send(Socket socket, String path) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: argosy\r\nAuthorization: Bearer "
            + FakeAccess.ADMIN_TOKEN
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private static String chunk(InputStream in) throws IOException {
    byte[] data = in.readNBytes(Integer.parseInt(line(in), 16));
    assertThat(line(in)).as("what ends a chunk").isEmpty();
    return new String(data, StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      assertThat(c).as("the connection goes on after " + line).isNotEqualTo(-1);
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}

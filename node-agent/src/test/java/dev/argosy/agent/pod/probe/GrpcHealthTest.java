package dev.argosy.agent.pod.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that plays frames; the real one is asked in the public conformance suite. */
@Timeout(20)
class GrpcHealthTest {

  private static final String SETTINGS = "000000040000000000";
  private static final String HEADERS = "000001010400000001" + "88";
  private static final String TRAILERS = "000001010500000001" + "88";

  private final CompletableFuture<String> asked = new CompletableFuture<>();

  private String answer(String service, String frames) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> play(server, frames));
      return GrpcHealth.ask("127.0.0.1", server.getLocalPort(), service, 5_000).orElse("well");
    }
  }

  private void play(ServerSocket server, String frames) {
    try (Socket socket = server.accept()) {
      StringBuilder heard = new StringBuilder();
      while (!heard.toString().contains("kube-probe")) {
        byte[] piece = new byte[1024];
        heard.append(
            new String(piece, 0, socket.getInputStream().read(piece), StandardCharsets.ISO_8859_1));
      }
      asked.complete(heard.toString());
      OutputStream out = socket.getOutputStream();
      out.write(HexFormat.of().parseHex(frames));
      out.flush();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      asked.completeExceptionally(e);
    }
  }

  @Test
  void servingIsWell() throws IOException {
    String data = "000007000000000001" + "0000000002" + "0801";
    assertThat(answer("", SETTINGS + HEADERS + data + TRAILERS)).isEqualTo("well");
    assertThat(asked.join())
        .startsWith("PRI * HTTP/2.0")
        .contains("/grpc.health.v1.Health/Check", "application/grpc", "trailers");
  }

  @Test
  void whatIsNotServedIsNamed() throws IOException {
    String data = "000007000000000001" + "0000000002" + "0802";
    assertThat(answer("liveness", SETTINGS + HEADERS + data + TRAILERS))
        .isEqualTo("service unhealthy (responded with \"NOT_SERVING\")");
  }

  @Test
  void aServerWithoutHealthIsTold() throws IOException {
    assertThat(answer("", SETTINGS + TRAILERS)).contains("does not implement the grpc health");
    assertThat(answer("", SETTINGS + "000004030000000001" + "00000007"))
        .contains("the server ended the request");
  }

  @Test
  void nobodyThere() throws IOException {
    int free;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = server.getLocalPort();
    }
    assertThat(GrpcHealth.ask("127.0.0.1", free, "", 1_000)).isPresent();
  }
}

package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.tunnel.StreamRequest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CommandTest {

  private static final String PODS = "/api/v1/namespaces/default/pods/";
  private static final String ALL = "stdin=true&stdout=true&stderr=true";
  private static final String V4 = "v4.channel.k8s.io";
  private static final String SMALL = "{\"Width\":80,\"Height\":24}\n";
  private static final String LARGE = "{\"Width\":132,\"Height\":43}\n";

  private StreamFront front;
  private PlayedNode node;

  @BeforeEach
  void start() throws Exception {
    front = new StreamFront();
    node = new PlayedNode(front, "n1");
    front.pods.put("web", "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\"}]}", "{}");
    front.pods.put("gone", "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\"}]}", "{}");
    front.pods.put("lost", "{\"nodeName\":\"n9\",\"containers\":[{\"name\":\"app\"}]}", "{}");
    front.pods.put("new", "{\"containers\":[{\"name\":\"app\"}]}", "{}");
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    front.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void spdyCarriesInputOutputAndOutcome(String method) throws Exception {
    byte[] much = "0123456789abcdef".repeat(40_000).getBytes(UTF_8);
    try (SpdyClient client = spdy(method, "exec?command=cat&" + ALL, V4, "v3.channel.k8s.io")) {
      assertThat(client.head).startsWith("HTTP/1.1 101").contains(V4);
      int error = client.open("streamtype", "error");
      int stdin = client.open("streamtype", "stdin");
      int stdout = client.open("streamtype", "stdout");
      int stderr = client.open("streamtype", "stderr");
      client.until(() -> client.replied.containsAll(List.of(error, stdin, stdout, stderr)));
      Thread.ofVirtual().start(() -> sendAll(client, stdin, much));
      client.until(() -> client.ended.containsAll(List.of(stdout, error)));
      assertThat(client.bytes(stdout)).isEqualTo(much);
      assertThat(client.text(error)).isEqualTo(PlayedNode.SUCCESS);
      client.until(() -> client.closed);
    }
  }

  @Test
  void spdyTellsTheExitCodeAsJsonOrAsText() throws Exception {
    try (SpdyClient client = spdy("POST", "exec?command=exit&command=3&stdout=1", V4)) {
      int error = client.open("streamtype", "error");
      client.open("streamtype", "stdout");
      client.until(() -> client.ended.contains(error));
      assertThat(client.text(error)).isEqualTo(PlayedNode.failure("3"));
    }
    try (SpdyClient client =
        spdy("POST", "exec?command=exit&command=3&stdout=1", "v2.channel.k8s.io")) {
      int error = client.open("streamtype", "error");
      client.open("streamtype", "stdout");
      client.until(() -> client.ended.contains(error));
      assertThat(client.text(error)).isEqualTo("command terminated with non-zero exit code");
    }
  }

  @Test
  void spdyTerminalResizesAndPingsAreAnswered() throws Exception {
    try (SpdyClient client = spdy("POST", "exec?command=size&tty=true&stdin=1&stdout=1", V4)) {
      client.ping(7);
      int error = client.open("streamtype", "error");
      client.open("streamtype", "stdin");
      int stdout = client.open("streamtype", "stdout");
      int resize = client.open("streamtype", "resize");
      client.send(resize, "{\"Width\":80,\"Height\":24}\n".getBytes(UTF_8), false);
      client.until(() -> client.ended.contains(error) && client.pongs.contains(7));
      assertThat(client.text(stdout)).isEqualTo("{\"Width\":80,\"Height\":24}\n");
    }
    StreamRequest.Exec request = (StreamRequest.Exec) node.requests.take();
    assertThat(request.streams().tty()).isTrue();
  }

  @Test
  void spdyTerminalResizesAgain() throws Exception {
    try (SpdyClient client =
        spdy("POST", "exec?command=size&command=2&tty=true&stdin=1&stdout=1", V4)) {
      int error = client.open("streamtype", "error");
      client.open("streamtype", "stdin");
      int stdout = client.open("streamtype", "stdout");
      int resize = client.open("streamtype", "resize");
      client.send(resize, SMALL.getBytes(UTF_8), false);
      client.send(resize, LARGE.getBytes(UTF_8), false);
      client.until(() -> client.ended.contains(error));
      assertThat(client.text(stdout)).isEqualTo(SMALL + LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v5.channel.k8s.io", V4})
  void webSocketTerminalResizes(String dialect) throws Exception {
    String path = "exec?command=size&command=2&tty=true&stdin=1&stdout=1";
    try (SocketClient client = socket(path, dialect)) {
      client.send(4, SMALL);
      client.send(4, LARGE);
      assertThat(client.next()).isEqualTo("1:" + SMALL + LARGE);
      assertThat(client.next()).isEqualTo("3:" + PlayedNode.SUCCESS);
    }
    StreamRequest.Exec request = (StreamRequest.Exec) node.requests.take();
    assertThat(request.streams().tty()).isTrue();
  }

  @Test
  void inputThatEndsAtOnceEndsTheCommand() throws Exception {
    try (SpdyClient client = spdy("POST", "exec?command=cat&stdin=1&stdout=1", V4)) {
      int error = client.open("streamtype", "error");
      int stdin = client.open("streamtype", "stdin");
      int stdout = client.open("streamtype", "stdout");
      client.send(stdin, new byte[0], true);
      client.until(() -> client.ended.contains(error));
      assertThat(client.bytes(stdout)).isEmpty();
      assertThat(client.text(error)).isEqualTo(PlayedNode.SUCCESS);
    }
    try (SocketClient client = socket("exec?command=cat&" + ALL, "v5.channel.k8s.io")) {
      client.send(255, "\0");
      assertThat(client.next()).isEqualTo("3:" + PlayedNode.SUCCESS);
    }
  }

  /** More than all windows on the way hold. */
  @Test
  void theExitCodeComesThoughNobodyReadsTheInput() throws Exception {
    byte[] block = new byte[32 * 1024];
    try (SpdyClient client = spdy("POST", "exec?command=early&stdin=1&stdout=1", V4)) {
      int error = client.open("streamtype", "error");
      int stdin = client.open("streamtype", "stdin");
      client.open("streamtype", "stdout");
      untilClosed(() -> client.sendRaw(stdin, block, false));
      client.until(() -> client.ended.contains(error));
      assertThat(client.text(error)).isEqualTo(PlayedNode.failure("3"));
    }
    String path = PODS + "web/exec?command=early&stdin=1&stdout=1";
    try (RawSocketClient client = new RawSocketClient(front.port(), path, "v5.channel.k8s.io")) {
      untilClosed(() -> client.send(0, block, 0, block.length));
      byte[] message = client.next();
      while (message[0] != 3) {
        message = client.next();
      }
      assertThat(new String(message, 1, message.length - 1, UTF_8))
          .isEqualTo(PlayedNode.failure("3"));
    }
  }

  /** Sends pieces of a block's size. */
  private interface Sender {
    void send() throws java.io.IOException;
  }

  private static void untilClosed(Sender sender) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < 1024; i++) {
              sender.send();
            }
          } catch (java.io.IOException e) {
            // the server has closed the connection
          }
        });
  }

  @Test
  void spdyStreamsNobodyAskedForAreReset() throws Exception {
    try (SpdyClient client = spdy("POST", "exec?command=cat&stdout=1", V4)) {
      int stderr = client.open("streamtype", "stderr");
      client.until(() -> client.reset.contains(stderr));
    }
  }

  @Test
  void spdyVersionMustBeKnown() throws Exception {
    try (SpdyClient client = spdy("POST", "exec?command=cat&stdout=1", "v9.channel.k8s.io")) {
      assertThat(client.head).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void newestWebSocketDialectClosesItsInput() throws Exception {
    try (SocketClient client = socket("exec?command=cat&" + ALL, "v5.channel.k8s.io", V4)) {
      assertThat(client.socket.getSubprotocol()).isEqualTo("v5.channel.k8s.io");
      client.send(0, "hello");
      assertThat(client.next()).isEqualTo("1:hello");
      client.send(255, "\0");
      assertThat(client.next()).isEqualTo("3:" + PlayedNode.SUCCESS);
      assertThat(client.next()).isEqualTo("closed");
    }
  }

  @Test
  void webSocketKeepsOutputsApart() throws Exception {
    try (SocketClient client = socket("exec?command=both&" + ALL, V4)) {
      assertThat(client.messages.take().orElseThrow()).containsExactly(1);
      assertThat(client.next()).isEqualTo("1:out");
      assertThat(client.next()).isEqualTo("2:err");
      assertThat(client.next()).isEqualTo("3:" + PlayedNode.SUCCESS);
    }
  }

  @Test
  void oldWebSocketDialectTellsFailuresAsTextOnly() throws Exception {
    try (SocketClient client = socket("exec?command=exit&command=2&" + ALL, "channel.k8s.io")) {
      assertThat(client.next()).isEqualTo("3:command terminated with non-zero exit code");
      assertThat(client.next()).isEqualTo("closed");
    }
    try (SocketClient client = socket("exec?command=both&stdout=1&stderr=1", "")) {
      assertThat(client.next()).isEqualTo("1:out");
      assertThat(client.next()).isEqualTo("2:err");
      assertThat(client.next()).isEqualTo("closed");
    }
  }

  @Test
  void base64DialectSpeaksText() throws Exception {
    try (SocketClient client = socket("exec?command=cat&" + ALL, "base64.channel.k8s.io")) {
      String hello = Base64.getEncoder().encodeToString("hello".getBytes(UTF_8));
      client.socket.sendText("0" + hello, true).join();
      assertThat(client.next()).isEqualTo((int) '1' + ":" + hello);
    }
  }

  @Test
  void largeMessagesAndFragmentsArrive() throws Exception {
    String large = "x".repeat(200_000);
    try (SocketClient client = socket("attach?" + ALL, V4)) {
      client.send(0, large);
      StringBuilder got = new StringBuilder(client.next().substring(2));
      while (got.length() < large.length()) {
        got.append(client.next().substring(2));
      }
      assertThat(got.toString()).isEqualTo(large);
    }
  }

  @Test
  void brokenNodeIsToldAsOutcome() throws Exception {
    try (SocketClient client = socket("exec?command=break&" + ALL, V4)) {
      assertThat(client.next()).startsWith("3:").contains("the engine broke").contains("Failure");
    }
  }

  @Test
  void clientThatLeavesEndsTheNodesStream() throws Exception {
    try (SocketClient client = socket("exec?command=cat&" + ALL, V4)) {
      client.send(0, "hello");
      assertThat(client.next()).isEqualTo("1:hello");
    }
    // the next conversation works, and closing the node below would hang if a stream were held
    try (SocketClient client = socket("exec?command=both&" + ALL, V4)) {
      assertThat(client.next()).isEqualTo("1:out");
    }
  }

  @Test
  void refusalsComeAsStatusBeforeTheUpgrade() throws Exception {
    assertRefused("web/exec?command=cat", 400, "you must specify at least 1 of");
    assertRefused("web/exec?stdout=1", 400, "you must specify a command");
    assertRefused("web/exec?command=cat&stdout=1&container=x", 400, "container x is not valid");
    assertRefused("gone/exec?command=cat&stdout=1", 404, "container not found");
    assertRefused("none/exec?command=cat&stdout=1", 404, "pods \\\"none\\\" not found");
    assertRefused("new/exec?command=cat&stdout=1", 400, "does not have a host assigned");
    assertRefused("lost/exec?command=cat&stdout=1", 503, "node \\\"n9\\\" cannot be reached");
  }

  @Test
  void plainRequestsAreToldToUpgrade() throws Exception {
    assertThat(HttpText.get(front.port(), PODS + "web/exec?command=cat&stdout=1"))
        .startsWith("400 ")
        .contains("Upgrade request required");
  }

  @Test
  void webSocketRefusalsFailTheHandshake() {
    assertThatThrownBy(() -> socket("exec?command=cat&stdout=1", "v9.channel.k8s.io"))
        .hasMessageContaining("WebSocketHandshakeException");
  }

  private void assertRefused(String path, int code, String message) throws Exception {
    try (SpdyClient client = new SpdyClient(front.port(), "POST", PODS + path, V4)) {
      assertThat(client.head).startsWith("HTTP/1.1 " + code);
      assertThat(client.body(HttpText.contentLength(client.head))).contains(message);
    }
  }

  private static void sendAll(SpdyClient client, int stream, byte[] bytes) {
    try {
      for (int from = 0; from < bytes.length; from += 10_000) {
        int to = Math.min(bytes.length, from + 10_000);
        client.send(stream, java.util.Arrays.copyOfRange(bytes, from, to), to == bytes.length);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private SpdyClient spdy(String method, String path, String... versions) throws Exception {
    return new SpdyClient(front.port(), method, PODS + "web/" + path, versions);
  }

  private SocketClient socket(String path, String subprotocol, String... more) {
    return new SocketClient(front.port(), PODS + "web/" + path, subprotocol, more);
  }
}

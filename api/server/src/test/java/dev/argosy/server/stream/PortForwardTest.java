package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PortForwardTest {

  private static final String PATH = "/api/v1/namespaces/default/pods/web/portforward";
  private static final String VERSION = "portforward.k8s.io";

  private StreamFront front;
  private PlayedNode node;

  @BeforeEach
  void start() throws Exception {
    front = new StreamFront();
    node = new PlayedNode(front, "n1");
    front.pods.put("web", "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\"}]}", "{}");
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    front.close();
  }

  @Test
  void severalConnectionsShareOneSpdyConnection() throws Exception {
    try (SpdyClient client = new SpdyClient(front.port(), "POST", PATH, VERSION)) {
      assertThat(client.head).startsWith("HTTP/1.1 101").contains(VERSION);
      int[] data = new int[5];
      for (int i = 0; i < data.length; i++) {
        client.open("streamtype", "error", "port", "8080", "requestid", "" + i);
        data[i] = client.open("streamtype", "data", "port", "8080", "requestid", "" + i);
      }
      for (int stream : data) {
        client.send(stream, ("from " + stream).getBytes(UTF_8), true);
      }
      client.until(() -> Arrays.stream(data).allMatch(client.ended::contains));
      for (int stream : data) {
        assertThat(client.text(stream)).isEqualTo("FROM " + stream);
      }
    }
  }

  @Test
  void closedPortIsToldOnTheErrorStream() throws Exception {
    try (SpdyClient client = new SpdyClient(front.port(), "POST", PATH, VERSION)) {
      int error = client.open("streamtype", "error", "port", "1", "requestid", "0");
      int data = client.open("streamtype", "data", "port", "1", "requestid", "0");
      client.until(() -> client.ended.contains(error) && client.ended.contains(data));
      assertThat(client.text(error))
          .isEqualTo("error forwarding port 1 to pod web, uid : connection refused");
    }
  }

  @Test
  void clientsWithoutRequestIdsArePairedByOrder() throws Exception {
    try (SpdyClient client = new SpdyClient(front.port(), "GET", PATH, VERSION)) {
      client.open("streamtype", "error", "port", "80");
      int data = client.open("streamtype", "data", "port", "80");
      client.send(data, "x".getBytes(UTF_8), true);
      client.until(() -> client.ended.contains(data));
      assertThat(client.text(data)).isEqualTo("X");
    }
  }

  private SpdyClient client(String transport) throws Exception {
    return transport.equals("SPDY")
        ? new SpdyClient(front.port(), "POST", PATH, VERSION)
        : new SpdyClient(new RawSocketClient(front.port(), PATH, "SPDY/3.1+portforward.k8s.io"));
  }

  private static int open(SpdyClient client, int port, String id) throws Exception {
    client.open("streamtype", "error", "port", "" + port, "requestid", id);
    return client.open("streamtype", "data", "port", "" + port, "requestid", id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPDY", "WebSocket"})
  void severalPortsShareAConnection(String transport) throws Exception {
    try (SpdyClient client = client(transport)) {
      int upper = open(client, 8080, "0");
      int echo = open(client, 7, "1");
      int closed = open(client, 1, "2");
      client.until(() -> client.ended.contains(closed));
      client.send(upper, "one".getBytes(UTF_8), true);
      client.send(echo, "two".getBytes(UTF_8), true);
      client.until(() -> client.ended.containsAll(List.of(upper, echo)));
      assertThat(client.text(upper)).isEqualTo("ONE");
      assertThat(client.text(echo)).isEqualTo("two");
      assertThat(client.text(closed - 2)).startsWith("error forwarding port 1");
      assertThat(client.text(upper - 2)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPDY", "WebSocket"})
  void whatThePodSaysAfterTheEndOfItsInputArrives(String transport) throws Exception {
    try (SpdyClient client = client(transport)) {
      int data = open(client, 9, "0");
      int other = open(client, 7, "1");
      client.send(data, "three".getBytes(UTF_8), false);
      client.send(other, "x".getBytes(UTF_8), true);
      client.until(() -> client.ended.contains(other));
      assertThat(client.ended).doesNotContain(data);
      client.send(data, new byte[0], true);
      client.until(() -> client.ended.contains(data));
      assertThat(client.text(data)).isEqualTo("5");
    }
  }

  @Test
  void spdyTravelsInsideAWebSocket() throws Exception {
    String request =
        """
        GET %s HTTP/1.1\r
        Host: server\r
        Connection: keep-alive, Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Protocol: SPDY/3.1+portforward.k8s.io\r
        \r
        """;
    try (Socket socket = new Socket("127.0.0.1", front.port())) {
      socket.getOutputStream().write(request.formatted(PATH).getBytes(UTF_8));
      assertThat(SpdyClient.readHead(socket.getInputStream()))
          .startsWith("HTTP/1.1 101")
          .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "SPDY/3.1+portforward.k8s.io");
      // two messages (mask 0) that together are a ping of SPDY/3.1: version 3, type 6, number 9
      socket.getOutputStream().write(HexFormat.of().parseHex("828500000000" + "8003000600"));
      socket.getOutputStream().write(HexFormat.of().parseHex("828700000000" + "00000400000009"));
      assertThat(HexFormat.of().formatHex(socket.getInputStream().readNBytes(14)))
          .isEqualTo("820c" + "800300060000000400000009");
    }
  }

  @Test
  void olderWebSocketFormHasTwoChannelsForEachPort() throws Exception {
    try (SocketClient client =
        new SocketClient(front.port(), PATH + "?ports=80&ports=1", "v4.channel.k8s.io")) {
      assertThat(client.messages.take().orElseThrow()).containsExactly(0, 80, 0);
      assertThat(client.messages.take().orElseThrow()).containsExactly(1, 80, 0);
      assertThat(client.messages.take().orElseThrow()).containsExactly(2, 1, 0);
      assertThat(client.messages.take().orElseThrow()).containsExactly(3, 1, 0);
      assertThat(client.next()).startsWith("3:error forwarding port 1");
      client.send(0, "hello");
      assertThat(client.next()).isEqualTo("0:HELLO");
    }
  }
}

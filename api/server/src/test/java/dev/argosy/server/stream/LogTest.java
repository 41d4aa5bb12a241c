package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.tunnel.LogQuery;
import dev.argosy.model.tunnel.StreamRequest;
import java.io.InputStream;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LogTest {

  private static final String PODS = "/api/v1/namespaces/default/pods/";
  private static final String TWO =
      "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}],"
          + "\"initContainers\":[{\"name\":\"setup\"}]}";
  private static final String ONE = "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\"}]}";

  private StreamFront front;
  private PlayedNode node;

  @BeforeEach
  void start() throws Exception {
    front = new StreamFront();
    node = new PlayedNode(front, "n1");
    front.pods.put("web", ONE, "{}");
    front.pods.put("two", TWO, "{}");
    front.pods.put("new", "{\"containers\":[{\"name\":\"app\"}]}", "{}");
    front.pods.put(
        "gone",
        ONE,
        "{\"containerStatuses\":[{\"name\":\"app\",\"state\":{\"waiting\":"
            + "{\"reason\":\"ImagePullBackOff\"}}}]}");
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    front.close();
  }

  @Test
  void isPlainText() throws Exception {
    assertThat(HttpText.get(front.port(), PODS + "web/log")).isEqualTo("200 one\ntwo\n");
    assertThat(HttpText.get(front.port(), PODS + "new/log")).isEqualTo("200 ");
  }

  @Test
  void optionsReachTheNode() throws Exception {
    HttpText.get(
        front.port(),
        PODS
            + "two/log?container=setup&previous=true&timestamps=1&tailLines=7&limitBytes=99"
            + "&sinceSeconds=60");
    assertThat(((StreamRequest.Log) node.requests.take()).container()).isEqualTo("setup");
    HttpText.get(
        front.port(), PODS + "web/log?stream=Stderr&sinceTime=2026-01-02T03:04:05%2B01:00");
    LogQuery second = ((StreamRequest.Log) node.requests.take()).query();
    assertThat(second.stream()).isEqualTo(LogQuery.Output.STDERR);
    assertThat(second.since()).isEqualTo(Instant.parse("2026-01-02T02:04:05Z"));
  }

  @Test
  void sinceSecondsCountFromNow() throws Exception {
    HttpText.get(front.port(), PODS + "web/log?sinceSeconds=60&tailLines=7&previous=true");
    assertThat(((StreamRequest.Log) node.requests.take()).query())
        .isEqualTo(
            new LogQuery(
                false,
                true,
                false,
                StreamFront.NOW.minusSeconds(60),
                7L,
                null,
                LogQuery.Output.ALL));
  }

  @Test
  void followedLinesComeAtOnce() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", front.port())) {
      socket.setSoTimeout(10_000);
      String request = "GET " + PODS + "web/log?follow=true HTTP/1.1\r\nHost: server\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      StringBuilder got = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (!got.toString().contains("two\n")) {
        got.append((char) in.read());
      }
      assertThat(got.toString().toLowerCase()).contains("content-type: text/plain");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two/log | 400 | a container name must be specified for pod two, choose one of: [a b] or"
            + " one of the init containers: [setup]",
        "two/log?container=x | 400 | container x is not valid for pod two",
        "none/log | 404 | pods \\\"none\\\" not found",
        "gone/log | 400 | container \\\"app\\\" in pod \\\"gone\\\" is waiting to start: trying"
            + " and failing to pull image",
        "gone/log?previous=1 | 400 | previous terminated container \\\"app\\\" in pod \\\"gone\\\""
            + " not found",
        "web/log?tailLines=x | 400 | tailLines must be a number",
        "web/log?tailLines=-1 | 422 | must be greater than or equal to 0",
        "web/log?limitBytes=0 | 422 | must be greater than or equal to 1",
        "web/log?sinceTime=yesterday | 400 | RFC 3339",
        "web/log?sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z | 422 | at most one of",
        "web/log?stream=both | 422 | Unsupported value",
        "web/log?stream=Stdout&tailLines=1 | 422 | tailLines",
      })
  void badQuestionsAreAnsweredWithAStatus(String path, int code, String message) throws Exception {
    String answer = HttpText.get(front.port(), PODS + path);
    assertThat(answer).startsWith(code + " ").contains("\"kind\":\"Status\"").contains(message);
  }

  @Test
  void comesAsMessagesOfAWebSocketToo() throws Exception {
    try (SocketClient client = new SocketClient(front.port(), PODS + "web/log", "binary.k8s.io")) {
      assertThat(new String(client.messages.take().orElseThrow(), UTF_8)).isEqualTo("one\ntwo\n");
      assertThat(client.messages.take()).isEmpty();
    }
  }

  @Test
  void isReadInProcess() throws Exception {
    StreamConnectors connectors =
        new StreamConnectors(
            front.pods.client(), front.tunnels, Clock.systemUTC(), SessionRecorder.NONE);
    try (InputStream log =
        connectors.logReader().open(front.pods.get("web"), Map.of("tailLines", "2"))) {
      assertThat(log.readAllBytes()).asString(UTF_8).isEqualTo("one\ntwo\n");
    }
  }
}

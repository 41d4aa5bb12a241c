package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.server.aggregate.RawServer;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient.Answer;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may happen on the wire between this server and a tenant's. */
@Timeout(90)
@SuppressWarnings("NullAway") // everything is set before the first test
class AggregationWireTest {

  private static final String V1 = "/apis/wardle.example/v1";
  private static final String ACME = "/clusters/acme";

  @TempDir Path folder;
  private AggregationRig rig;
  private final CountDownLatch never = new CountDownLatch(1);

  @BeforeEach
  void start() {
    rig = new AggregationRig();
    rig.service("acme");
  }

  @AfterEach
  void stop() {
    never.countDown();
    rig.close();
  }

  private RawServer playing(RawServer.Talk talk) throws Exception {
    RawServer server =
        new RawServer(
            folder,
            "api.default.svc",
            (head, in, out) -> {
              if (head.startsWith("GET " + V1 + " ")) {
                RawServer.json(out, "{\"kind\":\"APIResourceList\"}");
              } else {
                talk.talk(head, in, out);
              }
            });
    rig.ports.put("acme/api", server.port());
    rig.register("acme", "v1", "");
    rig.awaitCondition("acme", "v1", "True Passed");
    AggregationRig.await(
        () -> rig.client.get(ACME + V1).code() == 200, () -> rig.client.get(ACME + V1).text());
    return server;
  }

  @Test
  void upgradesAreConversations() throws Exception {
    RawServer.Talk echo =
        (head, in, out) -> {
          if (!head.contains("pods/p/exec")) {
            RawServer.write(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            return;
          }
          RawServer.write(
              out,
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n"
                  + "X-Stream: yes\r\n\r\nhello ");
          byte[] got = in.readNBytes(5);
          out.write(got);
          out.flush();
        };
    try (RawServer server = playing(echo);
        Socket socket = new Socket("127.0.0.1", rig.server.server.port())) {
      String request =
          """
          POST %s HTTP/1.1\r
          Host: server\r
          Authorization: Bearer %s\r
          Connection: Upgrade, X-Hidden\r
          Upgrade: echo/1\r
          X-Hidden: yes\r
          X-Remote-User: root\r
          \r
          """
              .formatted(
                  ACME + V1 + "/namespaces/default/pods/p/exec?command=a", FakeAccess.ADMIN_TOKEN);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      String head = RawServer.head(in);
      assertThat(head).startsWith("HTTP/1.1 101").contains("X-Stream: yes");
      socket.getOutputStream().write("world".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
          .isEqualTo("hello world");
      String seen =
          server.heads.stream().filter(sent -> sent.contains("exec")).findFirst().orElseThrow();
      assertThat(seen)
          .contains("Upgrade: echo/1\r\n", "X-Remote-User: system:admin\r\n")
          .doesNotContain("X-Hidden", "Authorization", "root");
    }
  }

  @Test
  void whoOnlyWaitsIsGivenUpOn() throws Exception {
    rig.ports.put("acme/api", silent());
    rig.register("acme", "v1", "");
    rig.awaitCondition("acme", "v1", "False FailedDiscoveryCheck");
    assertThat(rig.condition("acme", "v1")).endsWith("context deadline exceeded");
    long begin = System.nanoTime();
    Answer discovery =
        rig.client.get(
            ACME + "/apis",
            "Accept",
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    assertThat(discovery.text()).contains("\"wardle.example\"", "\"Stale\"");
    assertThat(rig.client.get(ACME + "/openapi/v3").code()).isEqualTo(200);
    assertThat(System.nanoTime() - begin).isLessThan(4_000_000_000L);
  }

  private int silent() throws Exception {
    return new RawServer(
            folder.resolve("silent"),
            "api.default.svc",
            (head, in, out) -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })
        .port();
  }

  @Test
  void aConnectionServesManyReads() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    RawServer.Talk lasting =
        (head, in, out) -> {
          for (String next = head; ; next = RawServer.head(in)) {
            if (next.contains("/flunders")) {
              asked.add(next);
            }
            RawServer.json(out, "{}");
          }
        };
    try (RawServer server = playing(lasting)) {
      for (int i = 0; i < 3; i++) {
        assertThat(rig.client.get(ACME + V1 + "/flunders").code()).isEqualTo(200);
      }
      assertThat(asked).hasSize(3).noneMatch(head -> head.contains("Connection:"));
      assertThat(connections(server)).isEqualTo(1);
      assertThat(rig.client.delete(ACME + V1 + "/flunders", "").code()).isEqualTo(200);
      assertThat(connections(server)).as("changes have new ones").isEqualTo(2);
    }
  }

  private static long connections(RawServer server) {
    return server.heads.stream().filter(head -> head.contains("/flunders")).count();
  }

  @Test
  void aConnectionThatEndedMeanwhileIsMadeAnew() throws Exception {
    RawServer.Talk once = (head, in, out) -> RawServer.json(out, "{}");
    try (RawServer server = playing(once)) {
      for (int i = 0; i < 3; i++) {
        assertThat(rig.client.get(ACME + V1 + "/flunders").code()).isEqualTo(200);
      }
      assertThat(connections(server)).isEqualTo(3);
    }
  }

  @Test
  void whatWasNotAskedForAnswersNobody() throws Exception {
    RawServer.Talk ahead =
        (head, in, out) -> {
          RawServer.write(
              out,
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                  + "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\":1} ");
          RawServer.head(in);
        };
    try (RawServer server = playing(ahead)) {
      for (int i = 0; i < 2; i++) {
        assertThat(rig.client.get(ACME + V1 + "/flunders").text()).isEqualTo("{}");
      }
    }
  }

  @Test
  void hugeHeadsAreRefused() throws Exception {
    try (RawServer server =
        playing((head, in, out) ->
            RawServer.write(
                out, "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n"))) {
      Answer answer = rig.client.get(ACME + V1 + "/flunders");
      assertThat(answer.code()).isEqualTo(503);
      assertThat(answer.at("message"))
          .isEqualTo("error trying to reach service: the response's headers are too long");
    }
  }

  @Test
  void headsThatAreNoneAreRefused() throws Exception {
    try (RawServer server =
        playing((head, in, out) -> RawServer.write(out, "SSH-2.0-OpenSSH_9.2\r\n"))) {
      assertThat(rig.client.get(ACME + V1 + "/flunders").at("message"))
          .isEqualTo("error trying to reach service: malformed HTTP response");
    }
  }

  @Test
  void whatBreaksOffIsNotTakenForWhole() throws Exception {
    try (RawServer server =
        playing((head, in, out) ->
            RawServer.write(
                out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"))) {
      assertThatThrownBy(() -> rig.client.get(ACME + V1 + "/flunders"))
          .isInstanceOf(java.io.UncheckedIOException.class);
    }
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request ends in time, whoever it is that takes too long. */
class DeadlineTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private static final String LATE = "request did not complete within requested timeout";

  private static TestServer server;
  private static TestClient client;
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of("argosy.api.request-timeout", "PT20S", "argosy.api.max-requests-in-flight", "4"),
            parts ->
                parts
                    .mount(new PathMount("/late", false, (i, c, u, q, r) -> late()))
                    .mount(new PathMount("/stuck", false, (i, c, u, q, r) -> stuck())));
    client = server.client();
  }

  @AfterAll
  static void stop() {
    NEVER.countDown();
    server.close();
  }

  /** Works until its time is over, then asks whether it may go on. */
  private static void late() {
    while (!Deadline.current().over()) {
      Thread.onSpinWait();
    }
    Deadline.current().check();
  }

  private static void stuck() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "soon|time: invalid duration \"soon\"",
        "10|time: missing unit in duration \"10\"",
        "10x|time: unknown unit \"x\" in duration \"10x\"",
        "1s2|time: missing unit in duration \"1s2\"",
        "-|time: invalid duration \"-\"",
        "99999999999999h|time: invalid duration \"99999999999999h\""
      })
  void aTimeoutMustBeALengthOfTime(String text, String why) {
    var answer = client.get(MAPS + "?timeout=" + text);
    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.at("reason")).isEqualTo("BadRequest");
    assertThat(answer.at("message"))
        .isEqualTo("invalid timeout specified in the request URL - " + why);
  }

  @ParameterizedTest
  @CsvSource({"0", "0s", "30s", "1m30s", "1.5h", "100000h", "-5s", "500000us", "%2B10s"})
  void allLengthsOfTimeAreTaken(String text) {
    assertThat(client.get(MAPS + "?timeout=" + text).code()).isEqualTo(200);
  }

  @Test
  void whoeverWorksTooLongIsLate() {
    var answer = client.get("/clusters/acme/late?timeout=50ms");
    assertThat(answer.code()).isEqualTo(504);
    assertThat(answer.at("reason")).isEqualTo("Timeout");
    assertThat(answer.at("message")).contains(LATE);
  }

  @Test
  void nothingIsWrittenAfterTheEnd() {
    var answer = client.post(MAPS + "?timeout=1ns", "{\"metadata\":{\"name\":\"late\"}}");
    assertThat(answer.code()).as(answer.text()).isIn(504, 429);
    assertThat(client.get(MAPS + "/late").code()).isEqualTo(404);
  }

  @Test
  void aWatchMayLastLonger() {
    try (TestStream watch = client.stream(MAPS + "?watch=1&timeout=1ns&timeoutSeconds=1")) {
      assertThat(watch.code()).isEqualTo(200);
      while (watch.next().isPresent()) {
        assertThat(watch.code()).isEqualTo(200);
      }
    }
  }

  @Test
  void aBodyThatDoesNotComeEndsTheRequest() throws IOException {
    String head = "POST " + MAPS + "?timeout=200ms HTTP/1.1\r\nContent-Length: 100\r\n";
    assertThat(exchange(head, "{\"metadata\":")).contains(" 504 ").contains(LATE);
    String chunked = "POST " + MAPS + "?timeout=200ms HTTP/1.1\r\nTransfer-Encoding: chunked\r\n";
    assertThat(exchange(chunked, "5\r\n{\"met\r\n")).contains(" 504 ").contains(LATE);
  }

  @Test
  void aBodyThatNobodyWantsAndThatDoesNotComeEndsTheRequest() throws IOException {
    String head = "POST /clusters/acme/nowhere?timeout=200ms HTTP/1.1\r\nContent-Length: 100\r\n";
    assertThat(exchange(head, "x")).contains("\"kind\":\"Status\"");
  }

  @Test
  void anAnswerThatIsNotReadEndsTheRequest() throws IOException {
    String big = "x".repeat(900_000);
    for (int i = 0; i < 12; i++) {
      client.post(
          "/clusters/root/api/v1/namespaces/default/configmaps",
          "{\"metadata\":{\"name\":\"big-" + i + "\"},\"data\":{\"a\":\"" + big + "\"}}");
    }
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "GET /clusters/root/api/v1/configmaps?timeout=300ms HTTP/1.1\r\nHost: x\r\n"
              + "Authorization: Bearer admin-token\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      await(() -> metricOfRoot() == 1); // the one that asks for it
      long rest = in.readAllBytes().length;
      assertThat(rest).isLessThan(10_000_000);
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset"); // an end too
    }
  }

  private static long metricOfRoot() {
    return client
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("apiserver_flowcontrol_current_executing_seats"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("not in time").isNegative();
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Test
  void waitingForASeatCounts() throws IOException {
    server.access.token(
        "dev", new UserInfo("dev", "", List.of("system:authenticated"), Map.of()), "acme");
    server.access.allow(asked -> asked.user().name().equals("dev"));
    try (Socket first = open("GET /clusters/acme/stuck HTTP/1.1\r\n");
        Socket second = open("GET /clusters/acme/stuck HTTP/1.1\r\n");
        Socket third = open("GET /clusters/acme/stuck HTTP/1.1\r\n")) {
      await(() -> waiting() > 0);
      var answer = client.as("dev").get("/clusters/acme/stuck?timeout=100ms");
      assertThat(answer.code()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(first.isConnected() && second.isConnected() && third.isConnected()).isTrue();
    } finally {
      NEVER.countDown();
    }
  }

  private static long waiting() {
    return client
        .get("/clusters/acme/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("apiserver_flowcontrol_current_inqueue_requests"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Socket open(String head) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.server.port());
    String request = head + "Host: x\r\nAuthorization: Bearer dev\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String exchange(String head, String begun) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout(15_000);
      OutputStream out = socket.getOutputStream();
      String request = head + "Host: x\r\nAuthorization: Bearer admin-token\r\n\r\n" + begun;
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.UTF_8);
    }
  }
}

package dev.argosy.agent.pod.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;

final class HttpAskTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private volatile Function<String, String> answer = path -> "HTTP/1.1 200 OK\r\n\r\n";
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) client.getInputStream().read());
      }
      requests.add(head.toString());
      String text = answer.apply(head.toString().split(" ")[1]);
      for (char one : text.toCharArray()) {
        client.getOutputStream().write(one);
      }
      if (!text.contains("\r\n\r\n")) {
        client.getInputStream().read();
      }
    } catch (IOException gone) {
      // the client has what it wanted
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  private static ArrayNode none() {
    return Json.mapper().createArrayNode();
  }

  @Test
  void headersAreSentAsTheyAreWrittenAlsoTheHost() {
    ArrayNode headers = none();
    headers.addObject().put("name", "Host").put("value", "example.org");
    headers.addObject().put("name", "X-A").put("value", "1");
    headers.addObject().put("name", "X-A").put("value", "2");
    headers.addObject().put("name", "accept").put("value", "");
    assertThat(HttpAsk.ask(url("/a?b=c"), headers, LIMIT, warnings::add)).isEmpty();
    assertThat(requests.getFirst())
        .startsWith("GET /a?b=c HTTP/1.1\r\n")
        .contains("\r\nHost: example.org\r\n", "\r\nX-A: 1\r\n", "\r\nX-A: 2\r\n")
        .contains("\r\nUser-Agent: kube-probe/1.35\r\n")
        .doesNotContain("127.0.0.1", "Accept", "accept");
  }

  @Test
  void from200To399IsWell() {
    for (int status : new int[] {200, 204, 304, 399}) {
      answer = path -> "HTTP/1.1 " + status + " X\r\n\r\n";
      assertThat(HttpAsk.ask(url("/"), none(), LIMIT, warnings::add)).as("%d", status).isEmpty();
    }
    for (int status : new int[] {400, 404, 500, 503}) {
      answer = path -> "HTTP/1.1 " + status + " X\r\n\r\n";
      assertThat(HttpAsk.ask(url("/"), none(), LIMIT, warnings::add))
          .contains("HTTP probe failed with statuscode: " + status);
    }
  }

  @Test
  void redirectsAreFollowedWithinTheHostAndNoFurther() {
    answer =
        path ->
            path.equals("/")
                ? "HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n"
                : "HTTP/1.1 500 No\r\n\r\n";
    assertThat(HttpAsk.ask(url("/"), none(), LIMIT, warnings::add)).isPresent();
    assertThat(requests).hasSize(2);
    assertThat(warnings).isEmpty();
    answer =
        path ->
            "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 5\r\n\r\nthere";
    assertThat(HttpAsk.ask(url("/"), none(), LIMIT, warnings::add)).isEmpty();
    assertThat(warnings).containsExactly("Probe terminated redirects, Response body: there");
    answer = path -> "HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n";
    assertThat(HttpAsk.ask(url("/"), none(), LIMIT, warnings::add).orElseThrow())
        .contains("stopped after 10 redirects");
  }

  @Test
  void whatDoesNotAnswerInTimeOrInHttpIsNotWell() {
    answer = path -> "HTTP/1.1 200";
    assertThat(HttpAsk.ask(url("/"), none(), Duration.ofMillis(200), warnings::add).orElseThrow())
        .contains("no answer within 200 ms");
    answer = path -> "SSH-2.0-x\r\n\r\n";
    assertThat(HttpAsk.ask(url("/"), none(), LIMIT, warnings::add).orElseThrow())
        .contains("malformed");
    assertThat(HttpAsk.ask("http://127.0.0.1:1/", none(), LIMIT, warnings::add).orElseThrow())
        .contains("refused");
    assertThat(HttpAsk.ask("http://127.0.0.1:1/%zz", none(), LIMIT, warnings::add)).isPresent();
  }

  @Test
  void whatPeopleWriteIntoPathsIsEscaped() {
    assertThat(HttpAsk.ask(url("/a b?q={\"x\":|ü}"), none(), LIMIT, warnings::add)).isEmpty();
    assertThat(requests.getFirst()).startsWith("GET /a%20b?q=%7B%22x%22:%7C%C3%BC%7D HTTP/1.1\r\n");
    assertThat(HttpAsk.ask("http://no_host:80/", none(), LIMIT, warnings::add).orElseThrow())
        .contains("is no host");
  }
}

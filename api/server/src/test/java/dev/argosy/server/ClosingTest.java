package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.connect.PathMount;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of connections when a server closes. */
@Timeout(60)
class ClosingTest {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);

  @Test
  void whatIsUnderWayIsAnswered() throws Exception {
    TestServer server =
        TestServer.start(
            Map.of(),
            parts ->
                parts.mount(
                    new PathMount(
                        "/slow",
                        true,
                        (info, cluster, user, request, response) -> {
                          asked.countDown();
                          try {
                            closing.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          response.getWriter().print("done");
                        })));
    TestClient client = server.client();
    FutureTask<TestClient.Answer> answer = new FutureTask<>(() -> client.get("/slow"));
    Thread.startVirtualThread(answer);
    asked.await();
    try (Socket idle =
        new Socket(server.server.localUri().getHost(), server.server.localUri().getPort())) {
      idle.getOutputStream()
          .write("GET /version HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      Thread closed = Thread.startVirtualThread(server::close);
      idle.getInputStream().readAllBytes(); // until the server ends it
      closing.countDown();
      assertThat(answer.get().text()).isEqualTo("done");
      closed.join();
    }
  }
}

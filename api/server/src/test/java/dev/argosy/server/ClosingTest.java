package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.connect.PathMount;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.io.UncheckedIOException;
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
    assertThat(client.get("/version").code()).isEqualTo(200); // by another connection, idle now
    Thread closed = Thread.startVirtualThread(server::close);
    Deadline.await(() -> refused(client));
    closing.countDown();
    assertThat(answer.get().text()).isEqualTo("done");
    closed.join();
  }

  private static boolean refused(TestClient client) {
    try {
      client.get("/version");
      return false;
    } catch (UncheckedIOException e) {
      return true;
    }
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.answer.Format;
import dev.argosy.server.answer.Pace;
import dev.argosy.server.answer.Recipient;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that go out in pieces, and gather in arrays that many of them use. */
class LongAnswersTest {

  private static final int ROUNDS = 40;
  private static final List<String> CLUSTERS = List.of("acme", "globex", "root");

  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            Map.of(),
            parts -> parts.mount(new PathMount("/broken", false, (i, c, u, q, r) -> breakOff(r))));
    server.clusters.put("globex", Phase.ACTIVE, Set.of());
    client = server.client();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String maps(String cluster) {
    return "/clusters/" + cluster + "/api/v1/namespaces/long/configmaps";
  }

  /** Some 150, 300, 450 kB, of one letter for each. */
  private Map<String, String> filled() {
    Map<String, String> expected = new TreeMap<>();
    char letter = 'a';
    for (String cluster : CLUSTERS) {
      String namespaces = "/clusters/" + cluster + "/api/v1/namespaces";
      assertThat(client.post(namespaces, "{\"metadata\":{\"name\":\"long\"}}").code())
          .isEqualTo(201);
      String data = String.valueOf(letter).repeat((letter - 'a' + 1) * 15_000);
      for (int i = 0; i < 10; i++) {
        String map =
            "{\"metadata\":{\"name\":\"m-%d\"},\"data\":{\"a\":\"%s\"}}".formatted(i, data);
        assertThat(client.post(maps(cluster), map).code()).isEqualTo(201);
      }
      letter++;
    }
    for (String cluster : CLUSTERS) {
      expected.put(maps(cluster), client.get(maps(cluster)).text());
    }
    assertThat(expected.values()).allMatch(text -> text.length() > 150_000);
    return expected;
  }

  private static void breakOff(HttpServletResponse response) throws IOException {
    Recipient client = new Recipient(response, false, Pace.EAGER);
    Answers.send(
        client,
        200,
        Format.PLAIN,
        0,
        out -> {
          out.write(new byte[300_000]);
          throw new IllegalStateException("on purpose, in the middle of an answer");
        });
  }

  @Test
  void whatFailsInTheMiddleIsNotEndedAsIfItWereWhole() {
    assertThatThrownBy(() -> client.get("/clusters/acme/broken"))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void nothingOfOneAnswerIsSeenInAnother() throws Exception {
    Map<String, String> expected = filled();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        expected.forEach((path, text) ->
            all.add(threads.submit(() -> assertThat(client.get(path).text()).isEqualTo(text))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }
}

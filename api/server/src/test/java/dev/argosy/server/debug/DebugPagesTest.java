package dev.argosy.server.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DebugPagesTest {

  private final TestServer server = TestServer.start();
  private final TestClient client = server.client();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void threadsHeapAndCaches() {
    assertThat(client.get("/debug").text()).contains("/debug/threads", "/debug/jfr");
    assertThat(client.get("/debug/threads").text()).contains("\"main\"", "virtual");
    assertThat(client.get("/debug/heap").text()).contains("POOL", "java.lang.String");
    assertThat(client.get("/debug/caches").text())
        .containsPattern("namespaces +4 +\\d+ +2 +\\d+ +\\d+ +\\d+");
  }

  @Test
  void requestsThatAreOpen() {
    try (TestStream watch = server.client().stream("/clusters/acme/api/v1/pods?watch=true")) {
      assertThat(watch.code()).isEqualTo(200);
      assertThat(client.get("/debug/requests").text())
          .containsPattern("ms .* WATCH +cluster acme: /api/v1/pods by system:admin");
    }
  }

  @Test
  void aRecording() {
    var recording = client.get("/debug/jfr?seconds=1");
    assertThat(recording.code()).isEqualTo(200);
    assertThat(new String(recording.response().body(), 0, 3, StandardCharsets.ISO_8859_1))
        .isEqualTo("FLR");
    assertThat(client.get("/debug/jfr?seconds=301").code()).isEqualTo(400);
    assertThat(client.get("/debug/jfr?seconds=x").code()).isEqualTo(400);
  }

  @Test
  void whatGoPeopleLookFor() {
    var pprof = client.get("/debug/pprof/heap");
    assertThat(pprof.code()).isEqualTo(404);
    assertThat(pprof.text()).contains("no pprof", "/debug/jfr?seconds=30");
    assertThat(client.get("/logs/").code()).isEqualTo(404);
    assertThat(client.get("/debug/other").code()).isEqualTo(404);
  }

  @Test
  void onlyForThePlatformsPeople() {
    server.access.token("tenant-admin", UserInfo.system("tenant-admin"), "acme");
    server.access.token("nobody", "nobody", "");
    for (String path : new String[] {"/debug", "/debug/threads", "/debug/pprof/heap"}) {
      assertThat(client.as("tenant-admin").get(path).code()).isEqualTo(403);
      assertThat(client.get("/clusters/acme" + path).code()).isEqualTo(403);
      assertThat(client.as("nobody").get(path).code()).isEqualTo(403);
      assertThat(client.as("").get(path).code()).isEqualTo(403);
    }
    assertThat(client.post("/debug/threads", "{}").code()).isEqualTo(405);
  }
}

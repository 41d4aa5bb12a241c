package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.recording.RecordingConfig;
import dev.argosy.server.recording.RecordingLayer;
import dev.argosy.server.testing.TestDatabase;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.keyring.Keyrings;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.seal.SealConfig;
import dev.argosy.store.seal.Sealing;
import dev.argosy.store.spi.Change;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.recording.ExecRecording;
import dev.argosy.tenancy.recording.RecordingSearch;
import dev.argosy.tenancy.tenant.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over real sockets, recorded into a real PostgreSQL. */
@Timeout(120)
class RecordedSessionTest {

  private static final String ALL = "stdin=true&stdout=true&stderr=true";
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final ObjectKey TENANT = new ObjectKey(Tenant.RESOURCE, "root", "", "acme");
  private static final ObjectKey NAMESPACE = new ObjectKey(NAMESPACES, "acme", "", "default");

  private static TestDatabase postgres;
  private static PlatformDatabase database;
  private static MemoryStore store;
  private static StoreCaches caches;
  private static Sealing sealing;
  private static RecordingLayer layer;
  private static StreamFront front;
  private static PlayedNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Clock clock = Clock.systemUTC();
    postgres = new TestDatabase();
    database = PlatformDatabase.open(postgres.source(), PlatformSchema.entities());
    store = new MemoryStore();
    SealConfig sealed = new SealConfig(SealConfig.DEFAULT, "rig", SealConfig.INTERVAL);
    sealing = Sealing.open(store, Keyrings.open(Keyrings.file(folder)), sealed, clock);
    caches = new StoreCaches(store);
    Map<String, String> settings = Map.of("argosy.recordings.max-bytes", "100000");
    layer =
        new RecordingLayer(
            RecordingConfig.of(settings),
            new RecordingLayer.Basis(
                database, caches, sealing.vault(), cluster -> Duration.ofDays(90), clock));
    front = new StreamFront(layer.recorder());
    node = new PlayedNode(front, "n1");
    front.pods.put("web", "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\"}]}", "{}");
    front.pods.put("gone", "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\"}]}", "{}");
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
    front.close();
    layer.close();
    caches.close();
    sealing.close();
    database.close();
    postgres.close();
  }

  private static void put(ObjectKey key, String json) throws Exception {
    byte[] value = json.getBytes(UTF_8);
    long revision = store.get(key).map(found -> found.revision()).orElse(0L);
    store.commit(
        List.of(
            revision == 0
                ? new Change.Create(key, value)
                : new Change.Update(key, revision, value)));
    await(
        () -> caches.of(key.resource()).snapshot().get(key).map(o -> o.says(value)).orElse(false));
  }

  private static void mode(String tenant, String label) throws Exception {
    put(
        TENANT,
        "{\"metadata\":{\"name\":\"acme\"},\"spec\":{\"execRecording\":\"" + tenant + "\"}}");
    put(
        NAMESPACE,
        "{\"metadata\":{\"labels\":{\"argosy.dev/exec-recording\":\""
            + label
            + "\"},\"name\":\"default\"}}");
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static SocketClient socket(String query) throws Exception {
    return new SocketClient(
        front.port(), "/api/v1/namespaces/default/pods/web/" + query, "v4.channel.k8s.io");
  }

  private static List<ExecRecording> all() {
    return new RecordingSearch(database).search("acme", List.of(), Optional.empty(), 100);
  }

  private static void run(String statement) {
    database.withSql(connection -> {
      try (var some = connection.createStatement()) {
        return some.execute(statement);
      }
    });
  }

  private static ExecRecording ended() throws Exception {
    await(() -> !all().isEmpty() && all().getFirst().course().endedAt().isPresent());
    return all().getFirst();
  }

  private static void both() throws Exception {
    try (SocketClient client = socket("exec?command=both&" + ALL)) {
      assertThat(client.next()).isEqualTo("1:out");
      assertThat(client.next()).isEqualTo("2:err");
    }
  }

  @Test
  void whatIsShownIsRecordedSealed() throws Exception {
    mode("On", "");
    int before = all().size();
    both();
    await(() -> all().size() == before + 1);
    ExecRecording recording = ended();
    assertThat(recording.course().state()).isEqualTo("Complete");
    assertThat(recording.course().bytes()).isEqualTo(6);
    assertThat(recording.what().command()).isEqualTo("both");
    assertThat(recording.place().pod()).isEqualTo("web");
    byte[] part = new RecordingSearch(database).part(recording.place(), 0).orElseThrow();
    assertThat(new String(part, UTF_8)).startsWith("sealed1").doesNotContain("\"out\"");
    assertThat(layer.needs(cluster -> java.util.Set.of()).keysOf("acme")).hasSize(1);
  }

  @Test
  void aFullRecordingEndsOrEndsTheSession() throws Exception {
    mode("On", "");
    String much = "x".repeat(60_000);
    try (SocketClient client = socket("attach?" + ALL)) {
      for (int i = 0; i < 3; i++) {
        client.send(0, much);
      }
      int got = 0;
      while (got < 3 * much.length()) {
        got += client.next().length() - 2;
      }
    }
    await(() -> all().getFirst().course().state().equals("Truncated"));
    assertThat(all().getFirst().course().lost()).isPositive();
    assertThat(all().getFirst().what().subresource()).isEqualTo("attach");
    mode("Required", "");
    try (SocketClient client = socket("attach?" + ALL)) {
      client.send(0, much);
      client.send(0, much);
      await(() -> node.openStreams() == 0); // though the client stays
      assertThat(client.messages).isNotNull();
    }
    await(() -> all().getFirst().course().state().equals("Truncated"));
  }

  @Test
  void nothingIsRecordedUnlessSomebodySaysSo() throws Exception {
    mode("Off", "");
    int before = all().size();
    both();
    assertThat(all()).hasSize(before);
    mode("Off", "On");
    both();
    await(() -> all().size() == before + 1);
  }

  @Test
  void withoutTheDatabaseSessionsGoOnOrAreRefused() throws Exception {
    mode("On", "");
    run("alter table exec_recording rename to exec_recording_away");
    try {
      both();
      mode("On", "Required");
      String path = "/api/v1/namespaces/default/pods/web/exec?command=both&" + ALL;
      try (SpdyClient client = new SpdyClient(front.port(), "POST", path, "v4.channel.k8s.io")) {
        assertThat(client.head).startsWith("HTTP/1.1 503");
        assertThat(client.body(HttpText.contentLength(client.head)))
            .contains("sessions in this namespace must be recorded, and cannot be now");
      }
    } finally {
      run("alter table exec_recording_away rename to exec_recording");
    }
    both();
    await(() -> all().getFirst().course().state().equals("Complete"));
  }
}

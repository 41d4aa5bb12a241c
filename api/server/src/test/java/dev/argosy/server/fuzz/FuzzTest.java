package dev.argosy.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Nonsense against a whole server. {@code -Dargosy.fuzz.requests=1000000 -Dargosy.fuzz.seed=N} for
 * more and other nonsense.
 */
class FuzzTest {

  private static final int REQUESTS = Integer.getInteger("argosy.fuzz.requests", 20_000);
  private static final long SEED = Long.getLong("argosy.fuzz.seed", 42);
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Methods and versions that HTTP does not have; a node or a revision that is not there. */
  private static final Set<Integer> EXCUSED = Set.of(501, 503, 504, 505);

  private static final String DEFINITION =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "things.fuzz.example.com"},
       "spec": {"group": "fuzz.example.com", "scope": "Namespaced", "names": {"plural": "things", "kind": "Thing"},
         "versions": [{"name": "v1", "served": true, "storage": true,
           "subresources": {"status": {}, "scale": {"specReplicasPath": ".spec.x", "statusReplicasPath": ".status.x"}},
           "schema": {"openAPIV3Schema": {"type": "object", "properties": {
             "spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": true,
               "properties": {"x": {"type": "integer", "default": 1}, "a": {"type": "string"},
                 "b": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"}},
               "x-kubernetes-validations": [{"rule": "!has(self.a) || self.a.size() < 100"}]},
             "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}}}]}}
      """;
  private static final long GROWTH = 96L << 20;

  private final Corpus corpus = new Corpus();
  private final Findings findings = new Findings();
  private final LongAdder accepted = new LongAdder();
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    for (String cluster : List.of("", "/clusters/acme")) {
      assertThat(server.client().post(cluster + definitions, DEFINITION).code()).isEqualTo(201);
    }
    Deadline.await(() -> server.client().get("/readyz").code() == 200);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requestsMadeOfTheTablesAreAnsweredWell() throws Exception {
    byClients(SEED, REQUESTS / 2, this::wellFormed);
    long half = heapInUse();
    int threads = Thread.activeCount();
    byClients(SEED + CLIENTS, REQUESTS / 2, this::wellFormed);
    everythingKeptIsWhole();
    assertThat(findings.none()).as("seed %d: %s", SEED, findings).isTrue();
    assertThat(accepted.sum()).as("not everything is refused").isGreaterThan(REQUESTS / 10);
    assertThat(heapInUse()).as("heap after twice as many requests").isLessThan(half + GROWTH);
    assertThat(Thread.activeCount()).isLessThan(threads + 16);
  }

  @Test
  void brokenBytesAreAnsweredOrCutOff() throws Exception {
    byClients(SEED, REQUESTS / 4, this::broken);
    everythingKeptIsWhole();
    assertThat(findings.none()).as("seed %d: %s", SEED, findings).isTrue();
    assertThat(server.client().get("/version").code()).isEqualTo(200);
  }

  /** What one client does. */
  private interface Client {
    void run(long seed, int requests) throws IOException;
  }

  private static void byClients(long seed, int requests, Client client) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        long own = seed + i;
        running.add(
            threads.submit(() -> {
              client.run(own, requests / CLIENTS);
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private void wellFormed(long seed, int requests) throws IOException {
    RandomRequests random =
        new RandomRequests(new Dice(seed), server.server.kinds().of("root"), corpus);
    try (RawConnection connection = connection()) {
      Object before = "nothing";
      for (int i = 0; i < requests; i++) {
        FuzzRequest request = random.next();
        try {
          RawConnection.Answer answer =
              connection.exchange(
                  request.bytes(FakeAccess.ADMIN_TOKEN), request.method().equals("HEAD"));
          if (answer.code() < 300) {
            accepted.increment();
          }
          Verdict.of(request, answer).ifPresent(what -> findings.add(what, request));
        } catch (IOException e) {
          findings.add(e.toString(), request + "\n  which came after " + before);
          connection.close();
        }
        before = request;
      }
    }
  }

  private void broken(long seed, int requests) throws IOException {
    Dice dice = new Dice(seed);
    RandomRequests random = new RandomRequests(dice, server.server.kinds().of("root"), corpus);
    BrokenBytes broken = new BrokenBytes(dice);
    for (int i = 0; i < requests; i++) {
      FuzzRequest request = random.next();
      byte[] bytes = broken.of(request.bytes(FakeAccess.ADMIN_TOKEN));
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      try (RawConnection connection = connection()) {
        int code = connection.lastExchange(bytes).code();
        if (code >= 500 && !EXCUSED.contains(code)) {
          findings.add("answered " + code, text);
        }
      } catch (InterruptedIOException e) {
        findings.add("no answer", text);
      } catch (IOException e) {
        // cut off: the bytes were no HTTP
      }
    }
  }

  /**
   * What is left after a collection; {@code gc} is not skipped by the serial collector of the
   * tests.
   */
  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private RawConnection connection() {
    return new RawConnection(server.server.port(), PATIENCE);
  }

  /** Whatever is kept can be read, is whole, and can be written back as it is. */
  private void everythingKeptIsWhole() {
    TestClient client = server.client();
    for (String cluster : List.of("root", "acme")) {
      for (KindSchema kind : server.server.kinds().of(cluster).all()) {
        if (!kind.type().stored() || !kind.type().verbs().contains("create")) {
          continue;
        }
        String group = kind.type().group();
        String base =
            "/clusters/"
                + cluster
                + (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
                + kind.type().version();
        TestClient.Answer all = client.get(base + "/" + kind.type().resource());
        if (all.code() != 200) {
          findings.add("list answered " + all.code(), base + "/" + kind.type().resource());
          continue;
        }
        for (JsonNode item : all.json().path("items")) {
          whole(client, kind, base, item);
        }
      }
    }
  }

  private void whole(TestClient client, KindSchema kind, String base, JsonNode item) {
    JsonNode meta = item.path("metadata");
    String where =
        kind.type().namespaced() ? "/namespaces/" + meta.path("namespace").asString() : "";
    String path =
        base
            + where
            + "/"
            + kind.type().resource()
            + "/"
            + RandomRequests.encoded(meta.path("name").asString());
    TestClient.Answer got = client.get(path);
    if (got.code() != 200) {
      findings.add("kept, yet answered " + got.code(), path + " " + item);
      return;
    }
    if (!kind.type().verbs().contains("update") || cannotBeWrittenBack(base, kind)) {
      return;
    }
    TestClient.Answer put = client.put(path, Json.mapper().writeValueAsString(got.json()));
    if (put.code() != 200) {
      findings.add(
          "cannot be written back: " + put.code() + " " + put.text(), path + " " + got.text());
    } else if (!put.at("metadata.resourceVersion").equals(got.at("metadata.resourceVersion"))) {
      findings.add("changed by writing it back: " + put.text(), path + " " + got.text());
    }
  }

  /**
   * A tenant sees the nodes of the platform, and cannot change them; what the older group of events
   * allows, the newer one may refuse.
   */
  private static boolean cannotBeWrittenBack(String base, KindSchema kind) {
    return base.startsWith("/clusters/acme") && kind.type().resource().equals("nodes")
        || kind.type().group().equals("events.k8s.io");
  }
}

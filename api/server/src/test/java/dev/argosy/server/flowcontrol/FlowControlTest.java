package dev.argosy.server.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two tenants on one server, one of which wants too much. */
class FlowControlTest {

  private static final String FLOW = "/clusters/acme/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final String SCHEMA_UID = "X-Kubernetes-PF-FlowSchema-UID";
  private static final String LEVEL_UID = "X-Kubernetes-PF-PriorityLevel-UID";
  private static final int SEATS = 8;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            Map.of(
                "argosy.api.max-requests-in-flight",
                Integer.toString(SEATS),
                "argosy.api.max-requests-waiting",
                "200"),
            parts -> parts.mount(new PathMount("/gate", false, (i, c, u, q, r) -> pass())));
    server.clusters.put("globex", Phase.ACTIVE, Set.of());
    for (String tenant : List.of("acme", "globex")) {
      server.access.token(
          tenant,
          new UserInfo(tenant + "-dev", "", List.of("system:authenticated"), Map.of()),
          tenant);
      server.access.allow(
          asked -> asked.cluster().equals(tenant) && asked.user().name().equals(tenant + "-dev"));
    }
    client = server.client();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    http.shutdownNow();
    server.close();
  }

  /** Holds a seat until the test opens the gate. */
  private void pass() {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inside.decrementAndGet();
    }
  }

  private List<CompletableFuture<HttpResponse<String>>> flood(String token, int count) {
    URI uri = server.server.localUri().resolve("/clusters/acme/gate");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(http.sendAsync(request, BodyHandlers.ofString()));
    }
    return all;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("not in time").isNegative();
      LockSupport.parkNanos(2_000_000);
    }
  }

  private long metric(String series) {
    return client
        .get("/clusters/acme/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(-1);
  }

  @Test
  void aFloodOfOneTenantDoesNotStopAnother() {
    List<CompletableFuture<HttpResponse<String>>> flood = flood("acme", 300);
    // three quarters, less what other levels of the tenant do not lend
    await(
        () -> inside.get() >= 1 && flood.stream().filter(CompletableFuture::isDone).count() > 100);

    var quiet = client.as("globex").get("/clusters/globex/api/v1/namespaces/default/configmaps");
    assertThat(quiet.code()).as(quiet.text()).isEqualTo(200);
    assertThat(inside.get()).isBetween(1, SEATS * 3 / 4);

    gate.countDown();
    List<Integer> codes = flood.stream().map(f -> f.join().statusCode()).toList();
    assertThat(codes).containsOnly(200, 429);
    assertThat(most.get()).isLessThanOrEqualTo(SEATS * 3 / 4);
    assertThat(codes.stream().filter(code -> code == 200).count()).isGreaterThan(50);
  }

  @Test
  void theAdministratorOfATenantIsExemptAmongItsOwnOnly() {
    server.access.token(
        "acme-admin",
        new UserInfo("admin", "", List.of("system:masters", "system:authenticated"), Map.of()),
        "acme");
    List<CompletableFuture<HttpResponse<String>>> flood = flood("acme-admin", 300);
    await(() -> inside.get() >= SEATS * 3 / 4);
    assertThat(client.as("globex").get("/clusters/globex/version").code()).isEqualTo(200);
    gate.countDown();
    flood.forEach(CompletableFuture::join);
    assertThat(most.get()).isEqualTo(SEATS * 3 / 4);
  }

  @Test
  void whoIsRefusedIsToldWhy() {
    List<CompletableFuture<HttpResponse<String>>> flood = flood("acme", 300);
    await(() -> flood.stream().anyMatch(CompletableFuture::isDone));
    HttpResponse<String> refused =
        flood.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow().join();
    assertThat(refused.statusCode()).isEqualTo(429);
    String seconds = refused.headers().firstValue("Retry-After").orElse("");
    assertThat(seconds).as("more than 1 if others were refused before").matches("[1-9][0-9]?");
    assertThat(refused.headers().firstValue(SCHEMA_UID)).isPresent();
    assertThat(refused.body())
        .contains(
            "\"kind\":\"Status\"",
            "\"reason\":\"TooManyRequests\"",
            "\"message\":\"Too many requests, please try again later.\"",
            "\"retryAfterSeconds\":" + seconds,
            "\"code\":429");
    assertThat(client.get("/readyz").text()).isEqualTo("ok");
  }

  @Test
  void headersNameSchemaAndLevel() {
    var schemas = client.get(FLOW + "flowschemas/exempt");
    var answer = client.get("/clusters/acme/version");
    assertThat(answer.header(SCHEMA_UID)).isEqualTo(schemas.at("metadata.uid"));
    assertThat(answer.header(LEVEL_UID))
        .isEqualTo(client.get(FLOW + "prioritylevelconfigurations/exempt").at("metadata.uid"));
    var dev = client.as("acme").get("/clusters/acme/version");
    assertThat(dev.header(SCHEMA_UID))
        .isEqualTo(client.get(FLOW + "flowschemas/global-default").at("metadata.uid"));
  }

  @Test
  void aClusterClassifiesByItsOwnObjects() {
    var level =
        client.post(
            FLOW + "prioritylevelconfigurations",
            """
            {"metadata":{"name":"testing-level"},"spec":{"type":"Limited","limited":{
            "nominalConcurrencyShares":1,"limitResponse":{"type":"Reject"}}}}\
            """);
    assertThat(level.code()).as(level.text()).isEqualTo(201);
    var schema = client.post(FLOW + "flowschemas", schema("testing", "testing-level", "noxu"));
    assertThat(schema.code()).as(schema.text()).isEqualTo(201);
    await(() -> dangling("testing").equals("False Found"));
    await(() ->
        metric("apiserver_flowcontrol_nominal_limit_seats{priority_level=\"testing-level\"}") > 0);

    var matching = client.get("/clusters/acme/version", "Impersonate-User", "noxu");
    assertThat(matching.header(SCHEMA_UID)).isEqualTo(schema.at("metadata.uid"));
    assertThat(matching.header(LEVEL_UID)).isEqualTo(level.at("metadata.uid"));
    var other = client.get("/clusters/acme/version", "Impersonate-User", "foo");
    assertThat(other.header(SCHEMA_UID)).isNotEmpty().isNotEqualTo(schema.at("metadata.uid"));
    var elsewhere = client.get("/clusters/globex/version", "Impersonate-User", "noxu");
    assertThat(elsewhere.header(SCHEMA_UID)).isNotEqualTo(schema.at("metadata.uid"));
  }

  private static String schema(String name, String level, String user) {
    return """
    {"metadata":{"name":"%s"},"spec":{"matchingPrecedence":1000,
    "priorityLevelConfiguration":{"name":"%s"},"distinguisherMethod":{"type":"ByUser"},
    "rules":[{"subjects":[{"kind":"User","user":{"name":"%s"}}],
    "nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["*"]}]}]}}\
    """
        .formatted(name, level, user);
  }

  private String dangling(String name) {
    var schema = client.get(FLOW + "flowschemas/" + name);
    return schema.at("status.conditions.0.status") + " " + schema.at("status.conditions.0.reason");
  }

  @Test
  void aSchemaWithoutItsLevelDangles() {
    client.post(FLOW + "flowschemas", schema("lost", "no-such-level", "noxu"));
    await(() -> dangling("lost").equals("True NotFound"));
    var lost = client.get(FLOW + "flowschemas/lost");
    assertThat(lost.at("status.conditions.0.message"))
        .isEqualTo(
            "This FlowSchema references the PriorityLevelConfiguration object named"
                + " \"no-such-level\" but there is no such object");
    var answer = client.get("/clusters/acme/version", "Impersonate-User", "noxu");
    assertThat(answer.header(SCHEMA_UID)).isNotEqualTo(lost.at("metadata.uid"));
    client.post(
        FLOW + "prioritylevelconfigurations",
        """
        {"metadata":{"name":"no-such-level"},"spec":{"type":"Limited","limited":{
        "limitResponse":{"type":"Reject"}}}}\
        """);
    await(() -> dangling("lost").equals("False Found"));
    client.delete(FLOW + "prioritylevelconfigurations/no-such-level", "");
    await(() -> dangling("lost").equals("True NotFound"));
  }

  @Test
  void suggestedLevelsStayAsTheyAreUntilToldOtherwise() {
    String low = FLOW + "prioritylevelconfigurations/workload-low";
    String merge = "application/merge-patch+json";
    String change = "{\"spec\":{\"limited\":{\"nominalConcurrencyShares\":7}}}";
    assertThat(client.patch(low, merge, change).at("spec.limited.nominalConcurrencyShares"))
        .isEqualTo("100");
    client.patch(
        low,
        merge,
        "{\"metadata\":{\"annotations\":{\"apf.kubernetes.io/autoupdate-spec\":\"false\"}}}");
    assertThat(client.patch(low, merge, change).at("spec.limited.nominalConcurrencyShares"))
        .isEqualTo("7");
  }

  @Test
  void aWatchTakesASeatOnlyToBegin() {
    String watch = "/clusters/acme/api/v1/namespaces/default/configmaps?watch=1";
    client.post(watch.replace("?watch=1", ""), "{\"metadata\":{\"name\":\"there\"}}");
    List<TestStream> watches = new ArrayList<>();
    for (int i = 0; i < SEATS * 2; i++) {
      TestStream stream = client.as("acme").stream(watch);
      assertThat(stream.code()).isEqualTo(200);
      assertThat(stream.nextShort()).isEqualTo("ADDED there");
      watches.add(stream);
    }
    assertThat(client.as("acme").get("/clusters/acme/version").code()).isEqualTo(200);
    watches.forEach(TestStream::close);
  }

  @Test
  void aWatchOfNothingKeepsNoSeatEither() {
    String watch = "/clusters/acme/api/v1/namespaces/kube-system/secrets?watch=1";
    List<TestStream> watches = new ArrayList<>();
    for (int i = 0; i < SEATS * 2; i++) {
      watches.add(client.as("acme").stream(watch));
      assertThat(watches.getLast().code()).isEqualTo(200);
    }
    assertThat(client.as("acme").get("/clusters/acme/version").code()).isEqualTo(200);
    watches.forEach(TestStream::close);
  }

  @Test
  void strangersLearnNothing() {
    var stranger = client.as("globex").get("/clusters/acme/api/v1/nodes");
    var nowhere = client.as("globex").get("/clusters/nowhere/api/v1/nodes");
    assertThat(stranger.code()).isEqualTo(403).isEqualTo(nowhere.code());
    assertThat(stranger.header(SCHEMA_UID)).isEmpty();
    assertThat(nowhere.header(SCHEMA_UID)).isEmpty();
    assertThat(FakeAccess.ADMIN_TOKEN).isNotEmpty();
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.audit.AuditConfig;
import dev.argosy.server.audit.RetentionTimes;
import dev.argosy.server.authn.FakeIssuer;
import dev.argosy.server.encryption.SealedTenants;
import dev.argosy.server.history.HistoryConfig;
import dev.argosy.server.history.HistoryLayer;
import dev.argosy.server.keycloak.KeycloakSettings;
import dev.argosy.server.metering.MeteringConfig;
import dev.argosy.server.metering.MeteringLayer;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.recording.RecordingConfig;
import dev.argosy.server.recording.RecordingLayer;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.tenant.ApiAddress;
import dev.argosy.server.tenant.FirstPodSecurity;
import dev.argosy.server.tenant.PlatformStore;
import dev.argosy.server.tenant.RoomOfTenants;
import dev.argosy.server.testing.TestDatabase;
import dev.argosy.server.use.UseLayer;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.RoutedCaches;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.keyring.Keyrings;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.seal.SealConfig;
import dev.argosy.store.seal.Sealing;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A whole API server with real access: PostgreSQL for tenants, memory for everything else. */
final class AccessRig implements AutoCloseable {

  private static final String NODE = "certificate-of-node-";

  final Clock clock = Clock.systemUTC();
  final FakeIssuer issuer;
  final TestPki pki = new TestPki();
  final ResourceStore objects;
  final Sealing sealing;
  final KindTables kinds;
  final PlatformDatabase database;
  private final TestDatabase postgres = new TestDatabase();
  final PlatformStore platform;
  final ResourceCaches caches;
  private final AccessConfig config;
  private final AccessLayer access;
  private final HistoryLayer history;
  final RecordingLayer recordings;
  final ApiServer server;
  private AutoCloseable loops;
  private final AutoCloseable metering;
  private final Map<String, X509Certificate> certificates = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  AccessRig(Path folder) throws Exception {
    this(folder, new MemoryStore());
  }

  /** With an identity provider at which clients are made. */
  AccessRig(Path folder, KeycloakSettings keycloak) throws Exception {
    this(folder, new MemoryStore(), Optional.of(keycloak));
  }

  /** With another store for what is not the platform's own. */
  AccessRig(Path folder, ResourceStore store) throws Exception {
    this(folder, store, Optional.empty());
  }

  private AccessRig(Path folder, ResourceStore store, Optional<KeycloakSettings> keycloak)
      throws Exception {
    objects = store;
    issuer = new FakeIssuer(clock);
    database = PlatformDatabase.open(postgres.source(), PlatformSchema.entities());
    platform = AccessLayer.platformStore(database);
    SealConfig sealed = new SealConfig(SealConfig.DEFAULT, "rig", SealConfig.INTERVAL);
    sealing = Sealing.open(objects, Keyrings.open(Keyrings.file(folder)), sealed, clock).start();
    caches = newCaches();
    config =
        new AccessConfig(
            pki.write(folder),
            new AccessConfig.Identities(
                issuer.settings(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder.resolve("authentication.yaml")),
                new AccessConfig.Programs(Duration.ofDays(366), keycloak)),
            "platform-admins",
            new ApiAddress("10.96.0.1", 6443, "198.51.100.7"),
            AuditConfig.of(audit(folder)),
            new AccessConfig.Tenants(
                new AccessConfig.Times(Duration.ZERO, Duration.ofHours(4)),
                RoomOfTenants.of(Map.of()),
                FirstPodSecurity.setting(Map.of())));
    AccessLayer.Basis basis = basis(caches);
    access = AccessLayer.start(config, basis);
    kinds = BuiltinKinds.load()::ofCluster;
    history =
        new HistoryLayer(
            HistoryConfig.of(Map.of()),
            new HistoryLayer.Basis(
                database,
                new HistoryLayer.Stores(objects, platform, AccessLayer.PLATFORM_GROUP),
                sealing.vault(),
                caches,
                clock,
                Metrics.none()));
    recordings =
        new RecordingLayer(
            RecordingConfig.of(Map.of()),
            new RecordingLayer.Basis(
                database,
                caches,
                sealing.vault(),
                new RetentionTimes(caches, "auditRetentionDays", 90),
                clock));
    sealing.needed(recordings.needs(history.needs()));
    MeteringLayer metering =
        new MeteringLayer(
            MeteringConfig.of(
                Map.of(
                    "argosy.metering.interval",
                    "PT1S",
                    "argosy.metering.used-interval",
                    "PT0S",
                    "argosy.metering.labels",
                    "app,team",
                    "argosy.metering.prices",
                    prices(folder))),
            new MeteringLayer.Basis(
                database, objects, caches, access.clusters(), clock, Metrics.none()));
    ApiServerParts parts =
        access
            .contributeTo(
                new ApiServerParts(basis.stores(), caches, kinds, access.clusters(), clock))
            .turns(metering.recorder())
            .gauge(metering.gauge())
            .admission(metering.admission())
            .access(this::authenticate, access.authorizer())
            .history(history)
            .recordings(recordings);
    metering.mounts().forEach(parts::mount);
    parts.use(
        new UseLayer(
            new UseLayer.Basis(caches, access.clusters(), clock, Metrics.none()),
            metering.keeper()));
    server = ApiServer.of(ApiServerConfig.loopback(), parts);
    history.start(server.kinds(), server.local());
    server.start();
    this.metering = metering.start(server.clients());
    loops =
        access.startLoops(
            server.local(),
            server.kinds(),
            recordings.erasing(history.erasing(new SealedTenants(sealing))));
  }

  /** A policy of the test's own, if it has written one. */
  private static Map<String, String> audit(Path folder) {
    Path policy = folder.resolve("audit-policy.yaml");
    Map<String, String> settings = new HashMap<>();
    settings.put("argosy.audit.log", folder.resolve("audit.log").toString());
    if (Files.exists(policy)) {
      settings.put("argosy.audit.policy", policy.toString());
    }
    return settings;
  }

  private static String prices(Path folder) throws IOException {
    String lists =
        "{'currency':'EUR','lists':[{'from':'2020-01-01T00:00:00Z','prices':{'cpu':'3600','memory':'1','cpu.used':'360','network.out':'1'}}]}";
    return Files.writeString(folder.resolve("prices.json"), lists.replace('\'', '"')).toString();
  }

  private ResourceCaches newCaches() {
    return new RoutedCaches(
        Map.of(AccessLayer.PLATFORM_GROUP, new StoreCaches(platform)),
        new StoreCaches(sealing.store()));
  }

  private AccessLayer.Basis basis(ResourceCaches of) {
    return new AccessLayer.Basis(
        database,
        of,
        resource ->
            resource.group().equals(AccessLayer.PLATFORM_GROUP) ? platform : sealing.store(),
        clock,
        Metrics.none());
  }

  /** A second server on the same stores, with a memory of its own. */
  Second second() throws Exception {
    ResourceCaches own = newCaches();
    AccessLayer.Basis basis = basis(own);
    AccessLayer other = AccessLayer.start(config, basis);
    ApiServer also =
        ApiServer.of(
            ApiServerConfig.loopback(),
            other.contributeTo(
                new ApiServerParts(basis.stores(), own, kinds, other.clusters(), clock)));
    also.start();
    return new Second(own, other, also);
  }

  /** Another server. */
  record Second(ResourceCaches caches, AccessLayer access, ApiServer server)
      implements AutoCloseable {

    /** The answer to a get. */
    int code(String path, String token) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
              .header("Authorization", "Bearer " + token)
              .timeout(Duration.ofSeconds(30))
              .build();
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }

    @Override
    public void close() throws Exception {
      server.close();
      access.close();
      caches.close();
    }
  }

  /** The body of an answer that must have that code. */
  static JsonNode ok(int code, Answer answer) {
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    return answer.json();
  }

  /** An answer's code, body and warnings. */
  record Answer(int code, String body, List<String> warnings) {
    JsonNode json() {
      return Json.mapper().readTree(body);
    }
  }

  /** As a node's agent. */
  Answer asNode(String node, String method, String path, @Nullable String body) throws Exception {
    return call(method, path, NODE + node, body);
  }

  /** A token that stands for the certificate. */
  String holding(X509Certificate certificate) {
    String token = "certificate-" + certificate.getSerialNumber();
    certificates.put(token, certificate);
    return token;
  }

  /** Certificates need TLS; here tokens stand for them. */
  private Authentication authenticate(Credentials credentials) {
    String token = credentials.bearer().orElse("");
    X509Certificate held = certificates.get(token);
    if (held != null) {
      return access
          .authenticator()
          .authenticate(new Credentials(Optional.empty(), Optional.of(held), Optional.empty()));
    }
    if (!token.startsWith(NODE)) {
      return access.authenticator().authenticate(credentials);
    }
    UserInfo node =
        new UserInfo(
            "system:node:" + token.substring(NODE.length()),
            "",
            List.of("system:nodes", UserInfo.AUTHENTICATED),
            Map.of());
    return new Authentication.Known(
        ClusterScope.confine(node, ClusterDirectory.ROOT), Optional.of(ClusterDirectory.ROOT));
  }

  Answer call(
      String method, String path, @Nullable String token, @Nullable String body, String... headers)
      throws Exception {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, content);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    if (body != null && !List.of(headers).contains("Content-Type")) {
      String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
      request.header("Content-Type", type);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(), response.body(), response.headers().allValues("Warning"));
  }

  String admin() {
    return issuer.token("boss", "platform-admins");
  }

  /** Makes a tenant with one administrator and waits until both work. */
  void tenant(String name, String administrator) throws Exception {
    String tenants = "/apis/tenancy.argosy.dev/v1/";
    Answer made =
        call(
            "POST",
            tenants + "tenants",
            admin(),
            "{\"apiVersion\":\"tenancy.argosy.dev/v1\",\"kind\":\"Tenant\",\"metadata\":{\"name\":\""
                + name
                + "\"}}");
    assertThat(made.code()).as(made.body()).isEqualTo(201);
    await(() ->
        call("GET", tenants + "tenants/" + name, admin(), null)
            .json()
            .path("status")
            .path("phase")
            .asString("")
            .equals("Active"));
    Answer member =
        call(
            "POST",
            tenants + "members",
            admin(),
            "{\"apiVersion\":\"tenancy.argosy.dev/v1\",\"kind\":\"Member\",\"metadata\":{\"name\":\""
                + name
                + "-admin\"},\"spec\":{\"tenant\":\""
                + name
                + "\",\"role\":\"admin\",\"subject\":{\"kind\":\"User\",\"name\":\""
                + administrator
                + "\"}}}");
    assertThat(member.code()).as(member.body()).isEqualTo(201);
    await(() ->
        call("GET", "/api/v1/namespaces/default", issuer.token(administrator), null).code() == 200);
  }

  /** As if all loops of the server had died; what they had begun stays as it is. */
  void stopLoops() throws Exception {
    loops.close();
    loops = () -> {};
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() throws Exception {
    loops.close();
    metering.close();
    server.close();
    history.close();
    recordings.close();
    access.close();
    caches.close();
    sealing.close();
    platform.close();
    database.close();
    postgres.close();
    issuer.close();
  }
}

package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.authn.FakeIssuer;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.store.etcd.EtcdServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * etcd, PostgreSQL and an identity provider for server processes, and how tests talk with these.
 */
final class ServerScene implements AutoCloseable {

  static final String TENANCY = "/clusters/root/apis/tenancy.argosy.dev/v1/";

  private static final int TRIES = 3;

  private final EtcdServer etcd;
  private final EmbeddedPostgres postgres;
  private final FakeIssuer issuer;
  private final Path folder;

  private ServerScene(EtcdServer etcd, EmbeddedPostgres postgres, FakeIssuer issuer, Path folder) {
    this.etcd = etcd;
    this.postgres = postgres;
    this.issuer = issuer;
    this.folder = folder;
  }

  static ServerScene start(Path folder) throws Exception {
    new TestPki().write(folder);
    return new ServerScene(
        EtcdServer.start(), EmbeddedPostgres.start(), new FakeIssuer(Clock.systemUTC()), folder);
  }

  /** A server of this build. */
  PlatformProcess process(String name, Map<String, String> more) throws Exception {
    return process(name, Optional.empty(), more);
  }

  /**
   * A server.
   *
   * @param name of the file in {@code target} that has what it says
   * @param build the class path of another build; this one if empty
   */
  PlatformProcess process(String name, Optional<String> build, Map<String, String> more)
      throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("argosy.api.host", "127.0.0.1");
    settings.put("argosy.api.port", "0");
    settings.put("argosy.pki.folder", folder.toString());
    settings.put("argosy.database.url", postgres.getJdbcUrl("postgres", "postgres"));
    settings.put("argosy.database.user", "postgres");
    settings.put("argosy.etcd.endpoints", etcd.endpoint().toString());
    settings.put("argosy.oidc.issuer", issuer.url());
    settings.put("argosy.oidc.audience", "argosy-api");
    settings.put("argosy.platform.admin-group", "platform-admins");
    settings.putAll(more);
    Path log = Path.of("target", name + ".log");
    Files.createDirectories(log.getParent());
    for (int tries = 1; ; tries++) {
      try {
        return PlatformProcess.start(build, settings, log);
      } catch (
          IOException e) { // on a busy machine a store may be late; started again, as by a service
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  TestClient admin(PlatformProcess server) {
    return server.as(issuer.token("boss", "platform-admins"));
  }

  TestClient user(PlatformProcess server, String name) {
    return server.as(issuer.token(name));
  }

  /** A node's agent posts; the platform's administrator may act as one. */
  Answer node(PlatformProcess server, String node, String path, byte[] body) {
    return admin(server)
        .send(
            "POST",
            "/clusters/root" + path,
            body,
            "Content-Type",
            "application/json",
            "Impersonate-User",
            "system:node:" + node,
            "Impersonate-Group",
            "system:nodes");
  }

  /** Makes a tenant with one administrator; returns when it is active. */
  void tenant(PlatformProcess by, String name, String administrator) throws Exception {
    made(admin(by).post(TENANCY + "tenants", json("{'metadata':{'name':'" + name + "'}}")));
    await(
        name + " is active",
        () -> admin(by).get(TENANCY + "tenants/" + name).at("status.phase").equals("Active"));
    member(by, name, administrator, "admin");
  }

  void member(PlatformProcess by, String tenant, String user, String role) {
    String member =
        "{'metadata':{'name':'%1$s.%2$s'},'spec':{'tenant':'%1$s','role':'%3$s','subject':{'kind':'User','name':'%2$s'}}}";
    made(admin(by).post(TENANCY + "members", json(member.formatted(tenant, user, role))));
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  static Answer made(Answer answer) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  static Answer done(Answer answer) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  static void await(String what, Callable<Boolean> condition) throws Exception {
    await(() -> what, condition);
  }

  /**
   * Waits.
   *
   * @param what was waited for, said when it did not come
   */
  static void await(Supplier<String> what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() throws Exception {
    issuer.close();
    postgres.close();
    etcd.close();
  }
}

package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.tenant.request.RequestController;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The loop that makes what was asked for, when it dies at any step, and when several run. */
class TenantRequestCrashTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String REQUESTS = ROOT + "tenantrequests";
  private static final Set<String> WRITES = Set.of("create", "updateStatus");

  private AccessRig rig;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.stopLoops();
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private RequestController loop(ApiClient client) {
    RequestController loop =
        new RequestController(client, rig.platform, rig.caches, Clock.systemUTC());
    loop.start();
    return loop;
  }

  private ApiClient client() {
    return rig.server.clients().as(PlatformLoops.TENANT_REQUESTS);
  }

  /** One that dies instead of its write of that number, and for good. */
  private ApiClient dying(int write, AtomicBoolean dead) {
    ApiClient living = client();
    AtomicInteger writes = new AtomicInteger();
    return (ApiClient)
        Proxy.newProxyInstance(
            ApiClient.class.getClassLoader(),
            new Class<?>[] {ApiClient.class},
            (proxy, method, arguments) -> {
              boolean dies = WRITES.contains(method.getName()) && writes.getAndIncrement() >= write;
              if (dies || dead.get()) {
                dead.set(true);
                throw new IllegalStateException("this server is dead");
              }
              try {
                return method.invoke(living, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void ask(String token, String name) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"name\":\"%1$s\"}}".formatted(name);
    ok(201, rig.call("POST", REQUESTS, token, body));
  }

  private boolean holds(String name, String type) throws Exception {
    return rig.call("GET", REQUESTS + "/" + name, rig.admin(), null)
        .body()
        .contains("\"type\":\"" + type + "\"");
  }

  @Test
  void whateverWasDoneIsNotDoneAgain() throws Exception {
    for (int writes = 0; writes < 3; writes++) {
      String name = "crash-" + writes;
      ask(rig.issuer.token("cas"), name);
      String approval = "{\"spec\":{\"decision\":\"Approved\"}}";
      ok(201, rig.call("POST", REQUESTS + "/" + name + "/approval", rig.admin(), approval));
      AtomicBoolean dead = new AtomicBoolean();
      try (RequestController dies = loop(dying(writes, dead))) {
        AccessRig.await(dead::get);
      }
      assertThat(holds(name, "Created")).isFalse();
      try (RequestController lives = loop(client())) {
        AccessRig.await(() -> holds(name, "Created"));
      }
      assertThat(members(name)).isEqualTo(1);
    }
  }

  private int members(String tenant) throws Exception {
    int count = 0;
    for (JsonNode member :
        ok(200, rig.call("GET", ROOT + "members", rig.admin(), null)).path("items")) {
      count += member.at("/spec/tenant").asString("").equals(tenant) ? 1 : 0;
    }
    return count;
  }

  @Test
  void aRequestThatIsTakenBackMakesNoTenant() throws Exception {
    ask(rig.issuer.token("cas"), "gone");
    String approval = "{\"spec\":{\"decision\":\"Approved\"}}";
    ok(201, rig.call("POST", REQUESTS + "/gone/approval", rig.admin(), approval));
    ok(200, rig.call("DELETE", REQUESTS + "/gone", rig.issuer.token("cas"), null));
    ask(rig.issuer.token("cas"), "after");
    ok(201, rig.call("POST", REQUESTS + "/after/approval", rig.admin(), approval));
    try (RequestController lives = loop(client())) {
      AccessRig.await(() -> holds("after", "Created"));
    }
    assertThat(rig.call("GET", ROOT + "tenants/gone", rig.admin(), null).code()).isEqualTo(404);
  }

  @Test
  void severalServersGiveNoPlaceTwice() throws Exception {
    String policy =
        "{\"metadata\":{\"name\":\"some\"},\"spec\":{\"users\":[\"meg\"],\"tenantsPerUser\":3}}";
    ok(201, rig.call("POST", ROOT + "tenantrequestpolicies", rig.admin(), policy));
    for (int i = 0; i < 12; i++) {
      ask(rig.issuer.token("meg"), "meg-" + i);
    }
    ask(rig.issuer.token("cas"), "last");
    String approval = "{\"spec\":{\"decision\":\"Approved\"}}";
    try (RequestController one = loop(client());
        RequestController two = loop(client());
        RequestController three = loop(client())) {
      AccessRig.await(() -> created() == 3);
      ok(201, rig.call("POST", REQUESTS + "/last/approval", rig.admin(), approval));
      AccessRig.await(() -> created() == 4);
    }
    assertThat(created()).isEqualTo(4);
    assertThat(holds("last", "Created")).isTrue();
  }

  private int created() throws Exception {
    int count = 0;
    for (JsonNode request : ok(200, rig.call("GET", REQUESTS, rig.admin(), null)).path("items")) {
      count += request.at("/status/tenant").asString("").isEmpty() ? 0 : 1;
    }
    return count;
  }
}

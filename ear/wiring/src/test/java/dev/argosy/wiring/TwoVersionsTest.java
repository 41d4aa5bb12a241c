package dev.argosy.wiring;

import static dev.argosy.wiring.ServerScene.await;
import static dev.argosy.wiring.ServerScene.done;
import static dev.argosy.wiring.ServerScene.json;
import static dev.argosy.wiring.ServerScene.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server of an earlier version, and one of this that is started beside it on the same etcd and
 * PostgreSQL, each a process of its own: what a rolling upgrade is. {@code ops/test --full} has
 * {@code ops/earlier} build the earlier one; without that, both are of this build.
 */
@Tag("earlier")
@SuppressWarnings("NullAway") // everything is set before the first test
class TwoVersionsTest {

  /** A file with the class path of the earlier one. */
  private static final Optional<String> EARLIER =
      Optional.ofNullable(System.getProperty("argosy.earlier"));

  private static final String ROOT = ServerScene.TENANCY;
  private static final String MERGE = "application/merge-patch+json";

  private static ServerScene scene;
  private static PlatformProcess earlier;
  private static PlatformProcess present;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    scene = ServerScene.start(folder);
    earlier = startEarlier();
    scene.tenant(earlier, "acme", "ann"); // on the schema of before
    present = startPresent();
  }

  private static PlatformProcess startEarlier() throws Exception {
    Optional<String> build = Optional.empty();
    if (EARLIER.isPresent()) {
      build = Optional.of(Files.readString(Path.of(EARLIER.get())).strip());
    }
    return scene.process("earlier", build, Map.of());
  }

  private static PlatformProcess startPresent() throws Exception {
    return scene.process("present", Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    for (PlatformProcess process : new PlatformProcess[] {earlier, present}) {
      if (process != null) {
        process.close();
      }
    }
    scene.close();
  }

  private static TestClient admin(PlatformProcess server) {
    return scene.admin(server);
  }

  private static TestClient user(PlatformProcess server, String name) {
    return scene.user(server, name);
  }

  private static String maps(String tenant) {
    return "/clusters/" + tenant + "/api/v1/namespaces/default/configmaps";
  }

  private static String map(String name) {
    return json("{'metadata':{'name':'" + name + "'},'data':{'a':'b'}}");
  }

  private static List<PlatformProcess[]> bothWays() {
    return List.of(
        new PlatformProcess[] {earlier, present}, new PlatformProcess[] {present, earlier});
  }

  @Test
  void whatOneWritesTheOtherGetsListsAndWatches() throws Exception {
    int count = 0;
    for (PlatformProcess[] way : bothWays()) {
      String name = "seen-" + count++;
      for (String[] place :
          List.of(
              new String[] {maps("acme"), map(name)},
              new String[] {ROOT + "tenants", json("{'metadata':{'name':'" + name + "'}}")})) {
        String list = place[0];
        String revision = admin(way[1]).get(list).at("metadata.resourceVersion");
        try (TestStream watch =
            admin(way[1]).stream(list + "?watch=1&resourceVersion=" + revision)) {
          made(admin(way[0]).post(list, place[1]));
          assertThat(watch.nextShort()).isEqualTo("ADDED " + name);
        }
        await("seen", () -> admin(way[1]).get(list + "/" + name).code() == 200);
        assertThat(admin(way[1]).get(list).text()).contains("\"" + name + "\"");
        String label = json("{'metadata':{'labels':{'by':'other'}}}");
        done(admin(way[1]).patch(list + "/" + name, MERGE, label));
        await(
            "changed",
            () -> admin(way[0]).get(list + "/" + name).at("metadata.labels.by").equals("other"));
      }
    }
  }

  @Test
  void aTenantOfEitherBecomesActiveAndItsMembersCountAtBoth() throws Exception {
    int count = 0;
    for (PlatformProcess[] way : bothWays()) {
      String tenant = "made-" + count;
      String user = "user-" + count++;
      scene.tenant(way[0], tenant, user);
      for (PlatformProcess server : way) {
        await("in", () -> user(server, user).get(maps(tenant)).code() == 200);
      }
      made(user(way[1], user).post(maps(tenant), map("mine")));
      scene.member(way[1], tenant, user + "-more", "viewer");
      await("in", () -> user(way[0], user + "-more").get(maps(tenant)).code() == 200);
      done(admin(way[1]).delete(ROOT + "members/" + tenant + "." + user, ""));
      for (PlatformProcess server : way) {
        await("out", () -> user(server, user).get(maps(tenant)).code() == 403);
      }
      String grant =
          "{'metadata':{'name':'%1$s'},'spec':{'role':'platform-viewer','subject':{'kind':'User','name':'%1$s'}}}";
      made(admin(way[0]).post(ROOT + "accessgrants", json(grant.formatted("pia-" + tenant))));
      await(
          "a grant counts",
          () -> user(way[1], "pia-" + tenant).get(ROOT + "tenants").code() == 200);
      done(admin(way[1]).delete(ROOT + "tenants/" + tenant, ""));
    }
  }

  @Test
  void quotasStayExactWhileBothWrite() throws Exception {
    scene.tenant(present, "bound", "ben");
    String space = "/clusters/bound/api/v1/namespaces/default/";
    made(
        admin(present)
            .post(
                ROOT + "tenantquotas",
                json(
                    "{'metadata':{'name':'few'},'spec':{'tenant':'bound','hard':{'count/configmaps':'40'}}}")));
    made(
        admin(present)
            .post(
                space + "resourcequotas",
                json("{'metadata':{'name':'few'},'spec':{'hard':{'count/secrets':'30'}}}")));
    await(
        "the quota is counted",
        () ->
            !admin(earlier)
                .get(space + "resourcequotas/few")
                .at("status.used.count/secrets")
                .isEmpty());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int number = i;
        all.add(threads.submit(() -> write(number % 2 == 0 ? earlier : present, space, number)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    for (PlatformProcess server : new PlatformProcess[] {earlier, present}) {
      awaitUsed(server, space + "resourcequotas/few", "count/secrets", space + "secrets");
      awaitUsed(
          server,
          ROOT + "tenantquotas/few",
          "count/configmaps",
          "/clusters/bound/api/v1/configmaps");
    }
  }

  /** Until a quota says of itself what a recount says. */
  private static void awaitUsed(PlatformProcess server, String quota, String resource, String list)
      throws Exception {
    String[] seen = new String[2];
    await(
        () -> quota + " says " + seen[0] + " where there are " + seen[1],
        () -> {
          seen[0] = done(admin(server).get(quota)).at("status.used." + resource);
          seen[1] = String.valueOf(kept(server, list));
          return seen[0].equals(seen[1]);
        });
  }

  /** Those that are stored; what every cluster has without being told is charged to nobody. */
  private static int kept(PlatformProcess server, String list) {
    int kept = 0;
    for (JsonNode item : done(admin(server).get(list)).json().path("items")) {
      if (!item.at("/metadata/name").asString("").equals("extension-apiserver-authentication")) {
        kept++;
      }
    }
    return kept;
  }

  private static int count(PlatformProcess server, String list) {
    return done(admin(server).get(list)).json().path("items").size();
  }

  /** More than fit, and some of them back. */
  private static void write(PlatformProcess by, String space, int number) {
    for (int i = 0; i < 16; i++) {
      String name = "w-" + number + "-" + i;
      for (String resource : List.of("secrets", "configmaps")) {
        int code =
            admin(by).post(space + resource, json("{'metadata':{'name':'" + name + "'}}")).code();
        assertThat(code).isIn(201, 403, 409);
        int there = count(by, space + resource);
        assertThat(there).isLessThanOrEqualTo(resource.equals("secrets") ? 30 : 40);
        if (i % 3 == 0 && code == 201) {
          done(admin(by).delete(space + resource + "/" + name, ""));
        }
      }
    }
  }

  /** The earlier server may be from before tenants had roles of their own making. */
  @Test
  void whatTheEarlierDoesNotKnowItLeavesAsItIs() throws Exception {
    String role =
        "{'metadata':{'name':'acme.maps'},'spec':{'tenant':'acme','rules':[{'verbs':['get','list'],'apiGroups':[''],'resources':['configmaps']}]}}";
    made(admin(present).post(ROOT + "tenantroles", json(role)));
    scene.member(present, "acme", "dee", "acme.maps");
    await("counts", () -> user(present, "dee").get(maps("acme")).code() == 200);
    assertThat(user(present, "dee").post(maps("acme"), map("no")).code()).isEqualTo(403);
    assertThat(admin(earlier).get(ROOT + "members/acme.dee").at("spec.role"))
        .isEqualTo("acme.maps");
    assertThat(user(earlier, "dee").get(maps("acme")).code()).isIn(403, 200);
    done(
        admin(earlier)
            .patch(ROOT + "tenants/acme", MERGE, json("{'spec':{'displayName':'Acme'}}")));
    assertThat(done(admin(present).get(ROOT + "tenantroles/acme.maps")).at("spec.tenant"))
        .isEqualTo("acme");
    assertThat(user(present, "dee").get(maps("acme")).code()).isEqualTo(200);
  }

  /** The leader's controllers make a Deployment's ReplicaSet; none is left without one. */
  @Test
  void theOtherLeadsWhenTheLeaderIsKilled() throws Exception {
    replicas(earlier, "first");
    earlier.kill();
    replicas(present, "second");
    earlier = startEarlier();
    done(admin(earlier).get(maps("acme")));
    present.kill();
    replicas(earlier, "third");
    present = startPresent();
    for (String name : List.of("first", "second", "third")) {
      assertThat(sets(present, name)).as(name).isEqualTo(1);
    }
  }

  private static void replicas(PlatformProcess by, String name) throws Exception {
    String deployment =
        "{'metadata':{'name':'%1$s'},'spec':{'replicas':1,'selector':{'matchLabels':{'app':'%1$s'}},"
            + "'template':{'metadata':{'labels':{'app':'%1$s'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
    made(
        admin(by)
            .post(
                "/clusters/acme/apis/apps/v1/namespaces/default/deployments",
                json(deployment.formatted(name))));
    await(name + " has its replicas", () -> sets(by, name) == 1);
  }

  private static int sets(PlatformProcess server, String app) {
    return count(
        server,
        "/clusters/acme/apis/apps/v1/namespaces/default/replicasets?labelSelector=app%3D" + app);
  }
}

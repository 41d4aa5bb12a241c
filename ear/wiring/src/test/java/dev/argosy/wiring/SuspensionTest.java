package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.pki.TestPki;
import dev.argosy.store.etcd.EtcdServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant that is suspended and resumed on a whole server, with restarts in the middle. */
class SuspensionTest {

  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");
  private static final GroupResource JOBS = new GroupResource("batch", "jobs");
  private static final String CONTAINERS = "'containers':[{'name':'c','image':'i'}]";

  private EtcdServer etcd;
  private EmbeddedPostgres postgres;
  private PlatformConfig config;
  private Platform platform;
  private ApiClient client;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    etcd = EtcdServer.start();
    postgres = EmbeddedPostgres.start();
    new TestPki().write(folder);
    config =
        PlatformConfig.of(
            Map.of(
                "argosy.api.host",
                "127.0.0.1",
                "argosy.api.port",
                "0",
                "argosy.pki.folder",
                folder.toString(),
                "argosy.database.url",
                postgres.getJdbcUrl("postgres", "postgres"),
                "argosy.database.user",
                "postgres",
                "argosy.etcd.endpoints",
                etcd.endpoint().toString()));
    begin();
  }

  private void begin() throws Exception {
    platform = Platform.start(config);
    client = platform.clients().as(UserInfo.system("test"));
  }

  private void restart() throws Exception {
    platform.close();
    begin();
  }

  @AfterEach
  void stop() throws Exception {
    platform.close();
    postgres.close();
    etcd.close();
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private ObjectKey create(GroupResource resource, String cluster, String namespace, String text) {
    ResourceScope scope =
        namespace.isEmpty()
            ? ResourceScope.cluster(resource, cluster)
            : ResourceScope.namespace(resource, cluster, namespace);
    return client.create(scope, json(text)).orThrow().key();
  }

  private static void await(String what, BooleanSupplier condition, Supplier<Object> state) {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(() -> what + ": " + state.get()).isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private List<ApiObject> pods() {
    return client
        .list(ResourceScope.cluster(PODS, "acme"), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  /** What the agent would do: pods with a node run, those that are to end do. */
  private void playNode() {
    for (ApiObject pod : pods()) {
      JsonNode tree = pod.tree();
      if (tree.at("/spec/nodeName").asString("").isEmpty()) {
        continue;
      }
      if (pod.meta().deleting()) {
        client.delete(pod.key(), DeleteOptions.now(pod.meta().uid()));
      } else if (!tree.at("/status/phase").asString("").equals("Running")) {
        client.patch(pod.key(), "status", Patch.merge(json("{'status':{'phase':'Running'}}")));
      }
    }
  }

  private long running() {
    playNode();
    return pods().stream()
        .filter(p -> p.tree().at("/status/phase").asString("").equals("Running"))
        .count();
  }

  private String phase() {
    return tenant().at("/status/phase").asString("");
  }

  private JsonNode tenant() {
    return client.get(new ObjectKey(TENANTS, "root", "", "acme")).orThrow().tree();
  }

  private void suspended(boolean wish) {
    client
        .patch(
            new ObjectKey(TENANTS, "root", "", "acme"),
            "",
            Patch.merge(json("{'spec':{'suspended':" + wish + "}}")))
        .orThrow();
  }

  private Object state() {
    return phase() + " " + pods().stream().map(p -> p.name() + p.tree().path("status")).toList();
  }

  private void makeWorkloads() {
    create(
        NODES,
        "root",
        "",
        "{'metadata':{'name':'n1'},'status':{'allocatable':{'cpu':'8','memory':'8Gi','pods':'50'},"
            + "'conditions':[{'type':'Ready','status':'True'}]}}");
    create(TENANTS, "root", "", "{'metadata':{'name':'acme'}}");
    await("active", () -> phase().equals("Active"), this::phase);
    ObjectKey account = new ObjectKey(ACCOUNTS, "acme", "default", "default");
    await("account", () -> client.get(account).orAbsent().isPresent(), () -> "none");
    create(PODS, "acme", "default", "{'metadata':{'name':'bare'},'spec':{" + CONTAINERS + "}}");
    create(
        DEPLOYMENTS,
        "acme",
        "default",
        ("{'metadata':{'name':'web'},'spec':{'replicas':2,'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{%s}}}}")
            .formatted(CONTAINERS));
    create(
        JOBS,
        "acme",
        "default",
        ("{'metadata':{'name':'once'},'spec':{'backoffLimit':0,'template':{'spec':{"
                + "'restartPolicy':'Never',%s}}}}")
            .formatted(CONTAINERS));
  }

  @Test
  void whatRanRunsAgain() throws Exception {
    makeWorkloads();
    await("four pods", () -> running() == 4, this::state);
    String uid = client.get(bare()).orThrow().meta().uid();

    suspended(true);
    restart();
    await(
        "stopped",
        () -> {
          playNode();
          return phase().equals("Suspended");
        },
        this::state);
    assertThat(running()).isZero();
    assertThat(client.get(bare()).orAbsent()).isEmpty();
    await("two wait", () -> told().size() == 2, this::state);
    assertThat(told()).containsOnly("tenant acme is suspended");

    suspended(false);
    restart();
    await("four pods again", () -> running() == 4, this::state);
    await("active", () -> phase().equals("Active"), this::state);
    assertThat(client.get(bare()).orThrow().meta().uid()).isNotEqualTo(uid);
    Optional<ApiObject> job = client.get(new ObjectKey(JOBS, "acme", "default", "once")).orAbsent();
    JsonNode status = job.orElseThrow().tree().path("status");
    assertThat(status.path("failed").asInt(0)).isZero();
    assertThat(status.path("active").asInt(0)).isEqualTo(1);
  }

  private static ObjectKey bare() {
    return new ObjectKey(PODS, "acme", "default", "bare");
  }

  /** Why pods wait. */
  private List<String> told() {
    return pods().stream()
        .flatMap(p -> p.tree().path("status").path("conditions").valueStream())
        .filter(c -> c.path("type").asString("").equals("PodScheduled"))
        .filter(c -> c.path("status").asString("").equals("False"))
        .map(c -> c.path("message").asString(""))
        .toList();
  }
}

package dev.argosy.wiring;

import static dev.argosy.wiring.ServerScene.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.fault.DriverNode;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.testing.TestCertificates;
import dev.argosy.store.etcd.EtcdServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant that is removed while a pod of it uses a volume of a storage driver: a whole server, and
 * a node on which the driver really mounts.
 */
@Timeout(120)
class StorageOfTenantsTest {

  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");
  private static final GroupResource SECRETS = new GroupResource("", "secrets");
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  private static final GroupResource CLASSES =
      new GroupResource("storage.k8s.io", "storageclasses");
  private static final GroupResource ROOMS =
      new GroupResource("storage.k8s.io", "csistoragecapacities");
  private static final GroupResource DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");

  @TempDir private static Path folder;
  private static EtcdServer etcd;
  private static EmbeddedPostgres postgres;
  private static Platform platform;
  private static ApiClient client;
  private static DriverNode node;

  @BeforeAll
  static void start() throws Exception {
    etcd = EtcdServer.start();
    postgres = EmbeddedPostgres.start();
    Path pki = Files.createDirectories(folder.resolve("pki"));
    new TestPki().write(pki);
    TestCertificates serving =
        TestCertificates.in(Files.createDirectories(folder.resolve("serving")));
    platform =
        Platform.start(
            PlatformConfig.of(
                Map.of(
                    "argosy.api.host", "127.0.0.1",
                    "argosy.api.port", "0",
                    "argosy.api.tls.certificate", serving.serverCertificate().toString(),
                    "argosy.api.tls.key", serving.serverKey().toString(),
                    "argosy.api.tls.client-ca", pki.resolve("ca.crt").toString(),
                    "argosy.pki.folder", pki.toString(),
                    "argosy.database.url", postgres.getJdbcUrl("postgres", "postgres"),
                    "argosy.database.user", "postgres",
                    "argosy.etcd.endpoints", etcd.endpoint().toString())));
    client = platform.clients().as(UserInfo.system("test"));
    ObjectKey system = new ObjectKey(NAMESPACES, "root", "", "kube-system");
    await("root", () -> client.get(system).orAbsent().isPresent());
    create(
        SECRETS,
        "root",
        "kube-system",
        "{'metadata':{'name':'bootstrap-token-abcdef'},'type':'bootstrap.kubernetes.io/token',"
            + "'stringData':{'token-id':'abcdef','token-secret':'0123456789abcdef',"
            + "'usage-bootstrap-authentication':'true'}}");
    create(
        DRIVERS,
        "root",
        "",
        "{'metadata':{'name':'disk.example.com','annotations':"
            + "{'argosy.dev/controller':'platform'}},'spec':{'storageCapacity':true}}");
    node =
        new DriverNode(platform.apiUri(), serving.ca(), "abcdef.0123456789abcdef", folder("node"));
  }

  private static Path folder(String name) throws Exception {
    return Files.createDirectories(folder.resolve(name));
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
    platform.close();
    postgres.close();
    etcd.close();
  }

  private static void create(
      GroupResource resource, String cluster, String namespace, String text) {
    ResourceScope scope =
        namespace.isEmpty()
            ? ResourceScope.cluster(resource, cluster)
            : ResourceScope.namespace(resource, cluster, namespace);
    ObjectNode object = Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    client.create(scope, object).orThrow();
  }

  private static List<ApiObject> all(GroupResource resource, String cluster) {
    return client
        .list(ResourceScope.cluster(resource, cluster), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  private static ObjectKey tenantKey(String name) {
    return new ObjectKey(TENANTS, "root", "", name);
  }

  private static JsonNode tenant(String name) {
    return client
        .get(tenantKey(name))
        .orAbsent()
        .<JsonNode>map(ApiObject::tree)
        .orElse(Json.object());
  }

  /** A tenant with a key, by which the driver makes volumes of three classes. */
  private static void make(String tenant) throws Exception {
    create(TENANTS, "root", "", "{'metadata':{'name':'" + tenant + "'}}");
    ObjectKey account = new ObjectKey(ACCOUNTS, tenant, "default", "default");
    await(
        tenant,
        () ->
            tenant(tenant).at("/status/phase").asString("").equals("Active")
                && client.get(account).orAbsent().isPresent());
    create(
        SECRETS, tenant, "default", "{'metadata':{'name':'key'},'stringData':{'word':'sesame'}}");
    storage(tenant, "pods", "WaitForFirstConsumer", "Delete");
    storage(tenant, "spare", "Immediate", "Delete");
    storage(tenant, "archive", "Immediate", "Retain");
  }

  private static void storage(String tenant, String name, String binding, String reclaim) {
    create(
        CLASSES,
        tenant,
        "",
        ("{'metadata':{'name':'%s'},'provisioner':'disk.example.com','volumeBindingMode':'%s',"
                + "'reclaimPolicy':'%s','parameters':{"
                + "'csi.storage.k8s.io/provisioner-secret-name':'key',"
                + "'csi.storage.k8s.io/provisioner-secret-namespace':'default'}}")
            .formatted(name, binding, reclaim));
  }

  /** A claim with the name of its class. */
  private static void claim(String tenant, String name) {
    create(
        CLAIMS,
        tenant,
        "default",
        ("{'metadata':{'name':'%1$s'},'spec':{'storageClassName':'%1$s',"
                + "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'8Mi'}}}}")
            .formatted(name));
  }

  /** A pod that uses a claim, from when it runs. */
  private static void run(String tenant, String claim) throws Exception {
    create(
        PODS,
        tenant,
        "default",
        ("{'metadata':{'name':'db'},'spec':{'terminationGracePeriodSeconds':1,'containers':["
                + "{'name':'c','image':'%s','imagePullPolicy':'IfNotPresent','command':['wait'],"
                + "'volumeMounts':[{'name':'v','mountPath':'/v'}]}],"
                + "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'%s'}}]}}")
            .formatted(DriverNode.IMAGE, claim));
    ObjectKey pod = new ObjectKey(PODS, tenant, "default", "db");
    await(
        () -> told(tenant),
        () -> client.get(pod).orThrow().tree().at("/status/phase").asString("").equals("Running"));
  }

  private static void awaitBound(String tenant, String claim) throws Exception {
    ObjectKey key = new ObjectKey(CLAIMS, tenant, "default", claim);
    await(
        () -> told(tenant),
        () -> client.get(key).orThrow().tree().at("/status/phase").asString("").equals("Bound"));
  }

  private static String told(String cluster) {
    return all(EVENTS, cluster).stream()
        .map(e -> e.content().path("message").asString(""))
        .collect(Collectors.joining("\n"));
  }

  private static String waits(String tenant) {
    return tenant(tenant)
        .at("/status/conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals("Emptied"))
        .map(c -> c.path("message").asString(""))
        .findFirst()
        .orElse("");
  }

  private static JsonNode nodeStatus() {
    return client
        .get(new ObjectKey(NODES, "root", "", DriverNode.NAME))
        .orThrow()
        .tree()
        .path("status");
  }

  private void haveVolumes() throws Exception {
    make("acme");
    claim("acme", "archive");
    awaitBound("acme", "archive");
    claim("acme", "spare");
    claim("acme", "pods");
    awaitBound("acme", "spare");
    run("acme", "pods");
  }

  /** Its driver dies before, and is back when it has been said what is waited for. */
  @Test
  void whatIsToGoGoesAtTheDriverAndWhatIsKeptIsTold() throws Exception {
    haveVolumes();
    assertThat(node.volumes()).hasSize(3).containsValue(DriverNode.NAME);
    assertThat(node.mounted()).as("for the node and for the pod").hasSize(2);
    assertThat(all(ROOMS, "acme"))
        .as("by which the pod came to its node")
        .singleElement()
        .satisfies(room -> {
          JsonNode tree = room.content();
          assertThat(tree.path("storageClassName").asString("")).isEqualTo("pods");
          assertThat(tree.path("capacity").asString("")).isEqualTo("1Ti");
          assertThat(tree.at("/nodeTopology/matchLabels").toString())
              .isEqualTo("{\"topology.disk.example.com/node\":\"n1\"}");
        });

    node.driverGoes();
    client.delete(tenantKey("acme"), DeleteOptions.DEFAULT).orThrow();
    String attached = "attachment of volume pvc-";
    String unasked = "rpc error: code = Unavailable desc = driver disk.example.com";
    await(
        () -> waits("acme"),
        () -> waits("acme").contains(attached) && waits("acme").contains(unasked));
    assertThat(all(PODS, "acme")).as("its volume is mounted").hasSize(1);
    assertThat(all(SECRETS, "acme")).extracting(ApiObject::name).contains("key");
    assertThat(node.volumes()).hasSize(3);

    node.driverComes();
    await(
        () -> tenant("acme").path("status") + " " + node.script().methods(),
        () -> tenant("acme").isEmpty());
    assertThat(node.volumes()).as("what is kept, and is attached nowhere").hasSize(1);
    assertThat(node.volumes()).containsValue("");
    assertThat(node.script().methods())
        .containsSubsequence(
            "NodeUnpublishVolume",
            "NodeUnstageVolume",
            "ControllerUnpublishVolume",
            "DeleteVolume");
    assertThat(node.script().last("DeleteVolume").map(2)).containsEntry("word", "sesame");
    assertThat(node.mounted()).isEmpty();
    assertThat(nodeStatus().path("volumesAttached")).isEmpty();
    assertThat(nodeStatus().path("volumesInUse")).isEmpty();
    String kept = node.volumes().keySet().iterator().next();
    await(
        () -> told("root"),
        () -> told("root").contains("is kept by driver disk.example.com as " + kept + " (Retain)"));
  }
}

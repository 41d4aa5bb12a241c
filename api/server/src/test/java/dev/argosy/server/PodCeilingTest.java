package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.access.ClusterDirectory.PodBound;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the pods of a bounded tenant may do, whoever writes them and however. */
class PodCeilingTest {

  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";
  private static final String BASELINE = "violates PodSecurity \"baseline:latest\": ";
  private static final String OF_TENANT =
      "; the platform's administrators allow no more (spec.podSecurity of the Tenant \"shop\")";
  private static final PodBound SHOP = new PodBound("shop", "baseline", "");

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static final TestClient CLIENT = SERVER.client();

  @BeforeAll
  static void tenants() {
    SERVER.clusters.put("shop", Phase.ACTIVE, Set.of("default"));
    SERVER.clusters.put("lab", Phase.ACTIVE, Set.of("default"));
    for (String cluster : List.of("shop", "lab", "root")) {
      space(cluster, "one", "{}");
    }
  }

  @AfterEach
  void usual() {
    SERVER.clusters.bound("shop", SHOP);
    SERVER.clusters.bound("lab");
  }

  private static TestClient.Answer space(String cluster, String name, String labels) {
    String spaces = "/clusters/" + cluster + "/api/v1/namespaces";
    var made =
        made(
            CLIENT.post(
                spaces, json("{'metadata':{'name':'" + name + "','labels':" + labels + "}}")));
    made(
        CLIENT.post(
            spaces + "/" + name + "/serviceaccounts", json("{'metadata':{'name':'default'}}")));
    return made;
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static TestClient.Answer made(TestClient.Answer answer) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  private static String pods(String cluster, String space) {
    return "/clusters/" + cluster + "/api/v1/namespaces/" + space + "/pods";
  }

  private static TestClient.Answer pod(String cluster, String space, String name, String more) {
    String pod = "{'metadata':{'name':'%s'},'spec':{%s'containers':[{'name':'c','image':'i'}]}}";
    return CLIENT.post(pods(cluster, space), json(pod.formatted(name, more)));
  }

  private static void refused(TestClient.Answer answer, String... words) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(403);
    assertThat(answer.at("reason")).isEqualTo("Forbidden");
    assertThat(answer.at("message")).contains(words);
  }

  @Test
  void labelsOfTheTenantsOwnRaiseNothing() {
    SERVER.clusters.bound("shop", SHOP);
    var mighty = space("shop", "mighty", "{'" + ENFORCE + "':'privileged'}");
    assertThat(mighty.header("Warning"))
        .contains(
            "pods in namespace \\\"mighty\\\" are held to PodSecurity \\\"baseline:latest\\\", not"
                + " to \\\"privileged:latest\\\"");
    var refused = pod("shop", "mighty", "x", "'hostNetwork':true,");
    assertThat(refused.at("message"))
        .isEqualTo(
            "pods \"x\" is forbidden: "
                + BASELINE
                + "host namespaces (hostNetwork=true)"
                + OF_TENANT);
    refused(
        pod("shop", "one", "x", "'volumes':[{'name':'v','hostPath':{'path':'/'}}],"),
        BASELINE + "hostPath volumes (volume \"v\")");
    var labeled =
        CLIENT.patch(
            "/clusters/shop/api/v1/namespaces/one",
            MERGE,
            json("{'metadata':{'labels':{'" + ENFORCE + "':'privileged'}}}"));
    assertThat(labeled.header("Warning")).contains("pods in namespace \\\"one\\\" are held to");
    made(pod("shop", "mighty", "plain", ""));
    made(pod("lab", "one", "x", "'hostNetwork':true,"));
    made(pod("root", "one", "x", "'hostNetwork':true,"));
  }

  @Test
  void theStricterOfNamespaceTenantAndThoseAboveWins() {
    SERVER.clusters.bound("shop", new PodBound("shop", "privileged", ""), SHOP);
    space("shop", "strict", "{'" + ENFORCE + "':'restricted'}");
    assertThat(pod("shop", "strict", "x", "").at("message"))
        .startsWith("pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": ")
        .doesNotContain("spec.podSecurity");
    SERVER.clusters.bound("shop", SHOP, new PodBound("house", "restricted", "v1.30"));
    refused(
        pod("shop", "one", "x", ""),
        "violates PodSecurity \"restricted:v1.30\": ",
        "(spec.podSecurity of a Tenant above \"shop\")");
    String careful =
        "'securityContext':{'runAsNonRoot':true,'seccompProfile':{'type':'RuntimeDefault'}},";
    String container =
        "{'metadata':{'name':'good'},'spec':{%s'containers':[{'name':'c','image':'i',"
            + "'securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}}}]}}";
    made(CLIENT.post(pods("shop", "one"), json(container.formatted(careful))));
    SERVER.clusters.bound("shop", new PodBound("shop", "of-a-later-server", ""));
    refused(pod("shop", "one", "x", ""), "violates PodSecurity \"restricted:latest\": ");
  }

  @Test
  void containersThatJoinAndPodsThatChangeAreHeldToo() {
    SERVER.clusters.bound("shop");
    made(pod("shop", "one", "old", "'hostPID':true,"));
    made(pod("shop", "one", "joined", ""));
    made(
        CLIENT.post(
            pods("shop", "one"),
            json(
                "{'metadata':{'name':'sized'},'spec':{'hostPID':true,'containers':["
                    + "{'name':'c','image':'i','resources':{'requests':{'cpu':'1'}}}]}}")));
    SERVER.clusters.bound("shop", SHOP);
    refused(
        CLIENT.patch(
            pods("shop", "one") + "/joined/ephemeralcontainers",
            MERGE,
            json(
                "{'spec':{'ephemeralContainers':[{'name':'d','image':'i',"
                    + "'securityContext':{'privileged':true}}]}}")),
        BASELINE + "privileged (container \"d\" must not set securityContext.privileged=true)");
    String old = pods("shop", "one") + "/old";
    refused(
        CLIENT.patch(
            old, STRATEGIC, json("{'spec':{'containers':[{'name':'c','image':'another'}]}}")),
        BASELINE + "host namespaces (hostPID=true)");
    refused(
        CLIENT.patch(
            pods("shop", "one") + "/sized/resize",
            STRATEGIC,
            json("{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'2'}}}]}}")),
        BASELINE);
    // what runs goes on: it is labeled, told of, and ended
    assertThat(CLIENT.patch(old, MERGE, json("{'metadata':{'labels':{'a':'b'}}}")).code())
        .isEqualTo(200);
    assertThat(CLIENT.patch(old + "/status", MERGE, json("{'status':{'phase':'Running'}}")).code())
        .isEqualTo(200);
    assertThat(CLIENT.delete(old, "{\"gracePeriodSeconds\":0}").code()).isEqualTo(200);
  }

  @Test
  void workloadsAreForetoldThatTheirPodsWillBeRefused() {
    SERVER.clusters.bound("shop", SHOP);
    String template =
        "{'metadata':{'labels':{'a':'b'}},'spec':{'hostIPC':true,'restartPolicy':'%s',"
            + "'containers':[{'name':'c','image':'i'}]}}";
    String words =
        "would violate PodSecurity \\\"baseline:latest\\\": host namespaces (hostIPC=true)";
    var deployment =
        made(
            CLIENT.post(
                "/clusters/shop/apis/apps/v1/namespaces/one/deployments",
                json(
                    "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},"
                        + "'template':"
                        + template.formatted("Always")
                        + "}}")));
    assertThat(deployment.header("Warning")).contains(words);
    var cron =
        made(
            CLIENT.post(
                "/clusters/shop/apis/batch/v1/namespaces/one/cronjobs",
                json(
                    "{'metadata':{'name':'j'},'spec':{'schedule':'@daily','jobTemplate':{'spec':"
                        + "{'template':"
                        + template.formatted("Never")
                        + "}}}}")));
    assertThat(cron.header("Warning")).contains(words);
  }

  @Test
  void aRuntimeClassIsNoWayAround() {
    SERVER.clusters.bound("shop", SHOP);
    made(
        CLIENT.post(
            "/clusters/shop/apis/node.k8s.io/v1/runtimeclasses",
            json("{'metadata':{'name':'vm'},'handler':'kata'}")));
    assertThat(CLIENT.get("/clusters/shop/apis/node.k8s.io/v1/runtimeclasses").text())
        .contains("kata");
    refused(
        pod("shop", "one", "vm", "'runtimeClassName':'vm','hostNetwork':true,"),
        BASELINE + "host namespaces (hostNetwork=true)");
  }

  @Test
  void volumesOfTheMachineAreNotMadeByTenants() {
    SERVER.clusters.bound("shop", SHOP);
    SERVER.access.token("dev", "dev", "shop");
    SERVER.access.allow(asked -> !asked.cluster().equals("root"));
    TestClient dev = CLIENT.as("dev");
    refused(
        volume(dev, "shop", "host", "'hostPath':{'path':'/'}"),
        BASELINE + "hostPath volumes (volume \"host\")" + OF_TENANT);
    String affinity =
        "'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':"
            + "[{'key':'kubernetes.io/hostname','operator':'In','values':['n']}]}]}}";
    String local = "'local':{'path':'/dev/sda'},'volumeMode':'Block'," + affinity;
    refused(
        volume(dev, "shop", "disk", local),
        BASELINE + "local volumes (volume \"disk\")" + OF_TENANT);
    refused(
        dev.patch(
            "/clusters/shop/api/v1/persistentvolumes/applied?fieldManager=dev",
            "application/apply-patch+yaml",
            json(
                "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'applied'},"
                    + "'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},"
                    + "'hostPath':{'path':'/'}}}")),
        BASELINE + "hostPath volumes");
    made(volume(dev, "shop", "shared", "'nfs':{'server':'s','path':'/p'}"));
    made(volume(dev, "shop", "driven", "'csi':{'driver':'d','volumeHandle':'h'}"));
    made(volume(CLIENT, "shop", "of-the-platform", local)); // as its loops do for claims
    made(volume(dev, "lab", "host", "'hostPath':{'path':'/'}"));
    SERVER.clusters.bound("shop", new PodBound("shop", "restricted", ""));
    refused(
        volume(dev, "shop", "further", "'nfs':{'server':'s','path':'/p'}"),
        "violates PodSecurity \"restricted:latest\": restricted volume types (volume \"further\""
            + " uses restricted volume type \"nfs\")");
    made(volume(dev, "shop", "also-driven", "'csi':{'driver':'d','volumeHandle':'h'}"));
  }

  private static TestClient.Answer volume(
      TestClient client, String cluster, String name, String source) {
    return client.post(
        "/clusters/" + cluster + "/api/v1/persistentvolumes",
        json(
            "{'metadata':{'name':'"
                + name
                + "'},'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},"
                + source
                + "}}"));
  }
}

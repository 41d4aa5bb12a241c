package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps that every write passes, seen by clients of two clusters. */
class AdmissionTest {

  private static final String ACME = "/clusters/acme";
  private static final String ROOT = "/clusters/root";
  private static final String MERGE = "application/merge-patch+json";

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static int spaces;

  private final TestClient client = SERVER.client();
  private String space = "";

  @BeforeEach
  void namespace() {
    space = "ns" + ++spaces;
    for (String cluster : List.of(ACME, ROOT)) {
      made(client.post(cluster + "/api/v1/namespaces", named(space)));
      made(client.post(in(cluster) + "/serviceaccounts", named("default")));
    }
  }

  private String in(String cluster) {
    return cluster + "/api/v1/namespaces/" + space;
  }

  private static TestClient.Answer made(TestClient.Answer answer) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  private static void refused(TestClient.Answer answer, String message) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(403);
    assertThat(answer.at("reason")).isEqualTo("Forbidden");
    assertThat(answer.at("message")).isEqualTo(message);
  }

  private static String named(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"}}";
  }

  private static String pod(String name, String more) {
    return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{" + more + "}}";
  }

  private static String container(String resources) {
    return "\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":" + resources + "}]";
  }

  @Test
  void limitRangesFillInAndBound() {
    made(
        client.post(
            in(ACME) + "/limitranges",
            "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"limits\":[{\"type\":\"Container\","
                + "\"min\":{\"cpu\":\"100m\"},\"max\":{\"cpu\":\"2\"},"
                + "\"default\":{\"cpu\":\"500m\",\"memory\":\"64Mi\"},"
                + "\"defaultRequest\":{\"cpu\":\"200m\",\"memory\":\"32Mi\"}}]}}"));
    eventually(in(ACME) + "/limitranges");
    var filled = made(client.post(in(ACME) + "/pods", pod("filled", container("{}"))));
    assertThat(filled.at("spec.containers.0.resources.requests.cpu")).isEqualTo("200m");
    assertThat(filled.at("spec.containers.0.resources.limits.memory")).isEqualTo("64Mi");
    assertThat(
            filled.json().path("metadata").path("annotations").path("kubernetes.io/limit-ranger"))
        .hasToString(
            "\"LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for"
                + " container c\"");
    assertThat(filled.at("status.qosClass")).isEqualTo("Burstable");
    refused(
        client.post(
            in(ACME) + "/pods", pod("little", container("{\"requests\":{\"cpu\":\"50m\"}}"))),
        "pods \"little\" is forbidden: minimum cpu usage per Container is 100m, but request is"
            + " 50m");
    refused(
        client.post(in(ACME) + "/pods", pod("much", container("{\"limits\":{\"cpu\":\"3\"}}"))),
        "pods \"much\" is forbidden: maximum cpu usage per Container is 2, but limit is 3");
    var free =
        made(
            client.post(
                in(ROOT) + "/pods", pod("little", container("{\"requests\":{\"cpu\":\"50m\"}}"))));
    assertThat(free.at("spec.containers.0.resources.limits.cpu")).isEmpty();
  }

  /** What was just created must be in the cache of this server; reads are consistent. */
  private void eventually(String path) {
    assertThat(client.get(path).at("items.0.metadata.name")).isNotEmpty();
  }

  @Test
  void prioritiesComeFromClasses() {
    String classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
    var critical =
        made(
            client.post(
                in(ACME) + "/pods",
                pod(
                    "critical",
                    "\"priorityClassName\":\"system-node-critical\"," + container("{}"))));
    assertThat(critical.at("spec.priority")).isEqualTo("2000001000");
    assertThat(critical.at("spec.preemptionPolicy")).isEqualTo("PreemptLowerPriority");
    var plain = made(client.post(in(ACME) + "/pods", pod("plain", container("{}"))));
    assertThat(plain.at("spec.priority")).isEqualTo("0");
    assertThat(plain.at("spec.priorityClassName")).isEmpty();
    refused(
        client.post(
            in(ACME) + "/pods",
            pod("unknown", "\"priorityClassName\":\"none\"," + container("{}"))),
        "pods \"unknown\" is forbidden: no PriorityClass with name none was found");
    refused(
        client.post(in(ACME) + "/pods", pod("own", "\"priority\":7," + container("{}"))),
        "pods \"own\" is forbidden: the integer value of priority (7) must not be provided in pod"
            + " spec; priority admission controller computed 0 from the given PriorityClass name");
    made(
        client.post(
            ACME + classes,
            "{\"metadata\":{\"name\":\"usual\"},\"value\":5,\"globalDefault\":true,"
                + "\"preemptionPolicy\":\"Never\"}"));
    eventually(ACME + classes);
    var usual = made(client.post(in(ACME) + "/pods", pod("usual", container("{}"))));
    assertThat(usual.at("spec.priorityClassName")).isEqualTo("usual");
    assertThat(usual.at("spec.priority")).isEqualTo("5");
    assertThat(usual.at("spec.preemptionPolicy")).isEqualTo("Never");
    refused(
        client.post(
            ACME + classes,
            "{\"metadata\":{\"name\":\"second\"},\"value\":6,\"globalDefault\":true}"),
        "priorityclasses.scheduling.k8s.io \"second\" is forbidden: PriorityClass usual is already"
            + " marked as default. Only one default can exist");
    var elsewhere = made(client.post(in(ROOT) + "/pods", pod("usual", container("{}"))));
    assertThat(elsewhere.at("spec.priority")).isEqualTo("0");
    assertThat(client.delete(ACME + classes + "/usual", "").code()).isEqualTo(200);
  }

  @Test
  void namespacesHoldPodsToALevel() {
    made(client.post(in(ACME) + "/pods", pod("early", container("{}"))));
    eventually(in(ACME) + "/pods");
    var labelled =
        client.patch(
            in(ACME),
            MERGE,
            "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"restricted\","
                + "\"pod-security.kubernetes.io/warn\":\"baseline\"}}}");
    assertThat(labelled.code()).as(labelled.text()).isEqualTo(200);
    assertThat(labelled.response().headers().allValues("Warning"))
        .anyMatch(w ->
            w.contains(
                "existing pods in namespace \\\""
                    + space
                    + "\\\" violate the new PodSecurity enforce level"
                    + " \\\"restricted:latest\\\""))
        .anyMatch(w ->
            w.contains(
                "early: allowPrivilegeEscalation != false, unrestricted capabilities,"
                    + " runAsNonRoot != true, seccompProfile"));
    client.get(in(ACME));
    refused(
        client.post(in(ACME) + "/pods", pod("x", container("{}"))),
        "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\":"
            + " allowPrivilegeEscalation != false (container \"c\" must set"
            + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities"
            + " (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]),"
            + " runAsNonRoot != true (pod or container \"c\" must set"
            + " securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must set"
            + " securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")");
    var template =
        made(
            client.post(
                ACME + "/apis/apps/v1/namespaces/" + space + "/deployments",
                "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":"
                    + "\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{"
                    + "\"hostNetwork\":true,"
                    + container("{}")
                    + "}}}}"));
    assertThat(template.header("Warning"))
        .contains(
            "would violate PodSecurity \\\"baseline:latest\\\": host namespaces"
                + " (hostNetwork=true)");
    made(client.post(in(ROOT) + "/pods", pod("x", "\"hostPID\":true," + container("{}"))));
    var wrong =
        client.patch(
            in(ACME),
            MERGE,
            "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"strict\"}}}");
    assertThat(wrong.code()).isEqualTo(422);
    assertThat(wrong.at("message"))
        .endsWith(
            "is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value:"
                + " \"strict\": must be one of privileged, baseline, restricted");
  }

  @Test
  void claimsGetThePlatformsClassAndAreProtectedWhileInUse() {
    String claim =
        "{\"metadata\":{\"name\":\"plain\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
            + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}";
    var claimed = made(client.post(in(ACME) + "/persistentvolumeclaims", claim));
    assertThat(claimed.at("spec.storageClassName")).isEqualTo("local-path");
    assertThat(claimed.at("metadata.finalizers.0")).isEqualTo("kubernetes.io/pvc-protection");
    String volume =
        "{\"metadata\":{\"name\":\"disk\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
            + "\"capacity\":{\"storage\":\"1Gi\"},\"hostPath\":{\"path\":\"/srv/disk\"}}}";
    var made = made(client.post(ACME + "/api/v1/persistentvolumes", volume));
    assertThat(made.at("metadata.finalizers.0")).isEqualTo("kubernetes.io/pv-protection");
  }

  @Test
  void classesAreChosen() {
    made(
        client.post(
            ACME + "/apis/storage.k8s.io/v1/storageclasses",
            "{\"metadata\":{\"name\":\"fast\",\"annotations\":{"
                + "\"storageclass.kubernetes.io/is-default-class\":\"true\"}},"
                + "\"provisioner\":\"example.com/disk\"}"));
    made(
        client.post(
            ACME + "/apis/node.k8s.io/v1/runtimeclasses",
            "{\"metadata\":{\"name\":\"vm\"},\"handler\":\"kata\",\"overhead\":{\"podFixed\":{"
                + "\"cpu\":\"250m\"}},\"scheduling\":{\"nodeSelector\":{\"vm\":\"yes\"}}}"));
    eventually(ACME + "/apis/storage.k8s.io/v1/storageclasses");
    String claim =
        "{\"metadata\":{\"name\":\"data\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
            + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}";
    var claimed = made(client.post(in(ACME) + "/persistentvolumeclaims", claim));
    assertThat(claimed.at("spec.storageClassName")).isEqualTo("fast");
    var bound =
        client.patch(
            in(ACME) + "/persistentvolumeclaims/data/status",
            MERGE,
            "{\"status\":{\"phase\":\"Bound\",\"capacity\":{\"storage\":\"1Gi\"}}}");
    assertThat(bound.code()).as(bound.text()).isEqualTo(200);
    refused(
        client.patch(
            in(ACME) + "/persistentvolumeclaims/data",
            MERGE,
            "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}"),
        "persistentvolumeclaims \"data\" is forbidden: only dynamically provisioned pvc can be"
            + " resized and the storageclass that provisions the pvc must support resize");
    var vm =
        made(
            client.post(
                in(ACME) + "/pods", pod("vm", "\"runtimeClassName\":\"vm\"," + container("{}"))));
    assertThat(vm.at("spec.overhead.cpu")).isEqualTo("250m");
    assertThat(vm.at("spec.nodeSelector.vm")).isEqualTo("yes");
    refused(
        client.post(
            in(ROOT) + "/pods", pod("vm", "\"runtimeClassName\":\"vm\"," + container("{}"))),
        "pods \"vm\" is forbidden: pod rejected: RuntimeClass \"vm\" not found");
  }

  @Test
  void newNodesWait() {
    var node = made(client.post(ROOT + "/api/v1/nodes", named("n-" + space)));
    assertThat(node.at("spec.taints.0.key")).isEqualTo("node.kubernetes.io/not-ready");
    assertThat(node.at("spec.taints.0.effect")).isEqualTo("NoSchedule");
  }
}

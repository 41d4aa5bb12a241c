package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of creating, changing and deleting that clients depend on. */
class WriteRulesTest {

  private static final String NS = "/clusters/acme/api/v1/namespaces/default";
  private static final String MAPS = NS + "/configmaps";
  private static final String DEPLOYMENTS =
      "/clusters/acme/apis/apps/v1/namespaces/default/deployments";
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String deployment(String name, String more) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\""
        + more
        + "},\"spec\":{\"replicas\":2,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{"
        + "\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\","
        + "\"image\":\"i\"}]}}}}";
  }

  static String pod(String name, String more) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":{"
        + more
        + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
  }

  @Test
  void generatedNames() {
    var made = client.post(MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}");
    assertThat(made.at("metadata.name")).matches("g-[bcdfghjklmnpqrstvwxz2456789]{5}");
    assertThat(made.at("metadata.generateName")).isEqualTo("g-");
  }

  @Test
  void alreadyExists() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"twice\"}}");
    var again = client.post(MAPS, "{\"metadata\":{\"name\":\"twice\"}}");
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.at("reason")).isEqualTo("AlreadyExists");
    assertThat(again.at("message")).isEqualTo("configmaps \"twice\" already exists");
  }

  @Test
  void places() {
    var other = client.post(MAPS, "{\"metadata\":{\"name\":\"x\",\"namespace\":\"kube-system\"}}");
    assertThat(other.code()).isEqualTo(400);
    assertThat(other.at("message")).contains("does not match the namespace sent on the request");
    var none =
        client.post(
            "/clusters/acme/api/v1/namespaces/none/configmaps", "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(none.code()).isEqualTo(404);
    assertThat(none.at("message")).isEqualTo("namespaces \"none\" not found");
    var versioned = client.post(MAPS, "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"1\"}}");
    assertThat(versioned.code()).isEqualTo(400);
  }

  @Test
  void staleWritesConflict() {
    var first = client.post(MAPS, "{\"metadata\":{\"name\":\"s\"},\"data\":{\"v\":\"1\"}}");
    String old = first.text();
    var second = client.put(MAPS + "/s", old.replace("\"1\"", "\"2\""));
    assertThat(second.code()).as(second.text()).isEqualTo(200);
    assertThat(second.at("metadata.uid")).isEqualTo(first.at("metadata.uid"));
    var stale = client.put(MAPS + "/s", old.replace("\"1\"", "\"3\""));
    assertThat(stale.code()).isEqualTo(409);
    assertThat(stale.at("message"))
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"s\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
    var unconditional =
        client.put(MAPS + "/s", "{\"metadata\":{\"name\":\"s\"},\"data\":{\"v\":\"4\"}}");
    assertThat(unconditional.code()).isEqualTo(200);
    var same = client.put(MAPS + "/s", "{\"data\":{\"v\":\"4\"},\"metadata\":{\"name\":\"s\"}}");
    assertThat(same.at("metadata.resourceVersion"))
        .as("a write that changes nothing writes nothing")
        .isEqualTo(unconditional.at("metadata.resourceVersion"));
  }

  @Test
  void leasesNeedAVersionAndAreCreatedByUpdate() {
    String leases = "/clusters/acme/apis/coordination.k8s.io/v1/namespaces/default/leases";
    String lease = "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"holderIdentity\":\"me\"}}";
    assertThat(client.put(leases + "/l", lease).code()).isEqualTo(201);
    var again = client.put(leases + "/l", lease);
    assertThat(again.code()).isEqualTo(422);
    assertThat(again.at("message"))
        .contains("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
  }

  @Test
  void generationCountsWhatTheUserWants() {
    var made = client.post(DEPLOYMENTS, deployment("gen", ""));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("metadata.generation")).isEqualTo("1");
    var scaled =
        client.patch(
            DEPLOYMENTS + "/gen", "application/merge-patch+json", "{\"spec\":{\"replicas\":3}}");
    assertThat(scaled.at("metadata.generation")).isEqualTo("2");
    var labelled =
        client.patch(
            DEPLOYMENTS + "/gen",
            "application/strategic-merge-patch+json",
            "{\"metadata\":{\"labels\":{\"x\":\"y\"}},\"status\":{\"replicas\":9}}");
    assertThat(labelled.at("metadata.generation")).isEqualTo("2");
    assertThat(labelled.at("status.replicas")).as("status is not written here").isEmpty();
    var status =
        client.patch(
            DEPLOYMENTS + "/gen/status",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":7},\"status\":{\"replicas\":9}}");
    assertThat(status.at("status.replicas")).isEqualTo("9");
    assertThat(status.at("spec.replicas")).as("spec is not written here").isEqualTo("3");
    assertThat(status.at("metadata.generation")).isEqualTo("2");
  }

  @Test
  void scale() {
    client.post(DEPLOYMENTS, deployment("sc", ""));
    var scale = client.get(DEPLOYMENTS + "/sc/scale");
    assertThat(scale.at("kind")).isEqualTo("Scale");
    assertThat(scale.at("spec.replicas")).isEqualTo("2");
    assertThat(scale.at("status.selector")).isEqualTo("a=b");
    var put =
        client.put(
            DEPLOYMENTS + "/sc/scale", scale.text().replace("\"replicas\":2", "\"replicas\":5"));
    assertThat(put.code()).as(put.text()).isEqualTo(200);
    assertThat(client.get(DEPLOYMENTS + "/sc").at("spec.replicas")).isEqualTo("5");
    var patched =
        client.patch(
            DEPLOYMENTS + "/sc/scale",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":1}}");
    assertThat(patched.at("spec.replicas")).isEqualTo("1");
    var negative =
        client.patch(
            DEPLOYMENTS + "/sc/scale",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":-1}}");
    assertThat(negative.code()).isEqualTo(422);
  }

  @Test
  void finalizersKeepAnObjectUntilTheLastIsGone() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"fin\",\"finalizers\":[\"a.b/c\"]}}");
    var marked = client.delete(MAPS + "/fin", "");
    assertThat(marked.code()).isEqualTo(200);
    assertThat(marked.at("kind")).isEqualTo("ConfigMap");
    assertThat(marked.at("metadata.deletionTimestamp")).isNotEmpty();
    assertThat(marked.at("metadata.deletionGracePeriodSeconds")).isEqualTo("0");
    var more =
        client.patch(
            MAPS + "/fin",
            "application/merge-patch+json",
            "{\"metadata\":{\"finalizers\":[\"a.b/c\",\"d.e/f\"]}}");
    assertThat(more.code()).isEqualTo(422);
    var last =
        client.patch(
            MAPS + "/fin", "application/merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
    assertThat(last.code()).as(last.text()).isEqualTo(200);
    assertThat(client.get(MAPS + "/fin").code()).isEqualTo(404);
  }

  @Test
  void propagationIsNotedAsFinalizers() {
    client.post(DEPLOYMENTS, deployment("fg", ""));
    var foreground = client.delete(DEPLOYMENTS + "/fg", "{\"propagationPolicy\":\"Foreground\"}");
    assertThat(foreground.at("metadata.finalizers.0")).isEqualTo("foregroundDeletion");
    client.post(DEPLOYMENTS, deployment("or", ""));
    var orphan = client.delete(DEPLOYMENTS + "/or?propagationPolicy=Orphan", "");
    assertThat(orphan.at("metadata.finalizers.0")).isEqualTo("orphan");
    assertThat(orphan.at("metadata.generation")).isEqualTo("2");
  }

  @Test
  void podsDieGracefully() {
    var made = client.post(NS + "/pods", pod("p", ""));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("status.phase")).isEqualTo("Pending");
    assertThat(made.at("status.qosClass")).isEqualTo("BestEffort");
    assertThat(made.at("spec.serviceAccountName")).isEqualTo("default");
    assertThat(made.at("spec.volumes.0.name")).startsWith("kube-api-access-");
    assertThat(made.at("spec.volumes.0.projected.sources.0.serviceAccountToken.expirationSeconds"))
        .isEqualTo("3607");
    assertThat(made.at("spec.tolerations.0.tolerationSeconds")).isEqualTo("300");

    String binding =
        "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}";
    var bound = client.post(NS + "/pods/p/binding", binding);
    assertThat(bound.code()).as(bound.text()).isEqualTo(201);
    assertThat(client.get(NS + "/pods/p").at("spec.nodeName")).isEqualTo("n1");
    var again = client.post(NS + "/pods/p/binding", binding);
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.at("message")).contains("is already assigned to node");

    var marked = client.delete(NS + "/pods/p", "");
    assertThat(marked.at("metadata.deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(marked.at("metadata.generation")).isEqualTo("3");
    var shorter = client.delete(NS + "/pods/p", "{\"gracePeriodSeconds\":5}");
    assertThat(shorter.at("metadata.deletionGracePeriodSeconds")).isEqualTo("5");
    var longer = client.delete(NS + "/pods/p", "{\"gracePeriodSeconds\":60}");
    assertThat(longer.at("metadata.deletionGracePeriodSeconds")).isEqualTo("5");
    var forced = client.delete(NS + "/pods/p", "{\"gracePeriodSeconds\":0}");
    assertThat(forced.at("status")).isEqualTo("Success");
    assertThat(client.get(NS + "/pods/p").code()).isEqualTo(404);
  }

  @Test
  void podSpecsStay() {
    client.post(NS + "/pods", pod("fixed", ""));
    var moved =
        client.patch(
            NS + "/pods/fixed",
            "application/merge-patch+json",
            "{\"spec\":{\"nodeName\":\"elsewhere\"}}");
    assertThat(moved.code()).as(moved.text()).isEqualTo(422);
    var image =
        client.patch(
            NS + "/pods/fixed",
            "application/strategic-merge-patch+json",
            "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}]}}");
    assertThat(image.code()).as(image.text()).isEqualTo(200);
    assertThat(image.at("spec.containers.0.image")).isEqualTo("j");
  }

  @Test
  void evictionDeletes() {
    client.post(NS + "/pods", pod("ev", ""));
    var evicted =
        client.post(
            NS + "/pods/ev/eviction",
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"ev\"}}");
    assertThat(evicted.code()).as(evicted.text()).isEqualTo(201);
    assertThat(evicted.at("status")).isEqualTo("Success");
    assertThat(client.get(NS + "/pods/ev").code()).isEqualTo(404);
  }

  @Test
  void podsOfAnUnknownAccountAreRefused() {
    var refused = client.post(NS + "/pods", pod("acc", "\"serviceAccountName\":\"nobody\","));
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("message")).contains("serviceaccount \"nobody\" not found");
  }

  @Test
  void namespacesGoInTwoPhases() {
    var made = client.post("/clusters/acme/api/v1/namespaces", "{\"metadata\":{\"name\":\"two\"}}");
    assertThat(made.at("spec.finalizers.0")).isEqualTo("kubernetes");
    assertThat(made.at("status.phase")).isEqualTo("Active");
    assertThat(
            made.json()
                .path("metadata")
                .path("labels")
                .path("kubernetes.io/metadata.name")
                .asString(""))
        .isEqualTo("two");
    var marked = client.delete("/clusters/acme/api/v1/namespaces/two", "");
    assertThat(marked.at("status.phase")).isEqualTo("Terminating");
    var again = client.delete("/clusters/acme/api/v1/namespaces/two", "");
    assertThat(again.code()).isEqualTo(409);
    var late =
        client.post(
            "/clusters/acme/api/v1/namespaces/two/configmaps", "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(late.code()).isEqualTo(403);
    assertThat(late.at("details.causes.0.reason")).isEqualTo("NamespaceTerminating");
    var finalized =
        client.put(
            "/clusters/acme/api/v1/namespaces/two/finalize",
            "{\"metadata\":{\"name\":\"two\"},\"spec\":{}}");
    assertThat(finalized.code()).as(finalized.text()).isEqualTo(200);
    assertThat(client.get("/clusters/acme/api/v1/namespaces/two").code()).isEqualTo(404);
    assertThat(client.delete("/clusters/acme/api/v1/namespaces/default", "").code()).isEqualTo(403);
  }

  @Test
  void servicesHaveAddressesOfTheirOwn() {
    String services = NS + "/services";
    String ports = "\"ports\":[{\"port\":80}]";
    var made = client.post(services, "{\"metadata\":{\"name\":\"s1\"},\"spec\":{" + ports + "}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    String address = made.at("spec.clusterIP");
    assertThat(address).matches("10\\.(9[6-9]|10\\d|11[01])\\..*");
    assertThat(made.at("spec.clusterIPs.0")).isEqualTo(address);
    String sameAddress =
        "{\"metadata\":{\"name\":\"s2\"},\"spec\":{\"clusterIP\":\""
            + address
            + "\","
            + ports
            + "}}";
    var taken = client.post(services, sameAddress);
    assertThat(taken.code()).isEqualTo(422);
    assertThat(taken.at("message")).contains("provided IP is already allocated");
    assertThat(client.post(services, sameAddress.replace(address, "192.168.1.1")).at("message"))
        .contains("not in the valid range");
    var kept =
        client.put(
            services + "/s1",
            "{\"metadata\":{\"name\":\"s1\"},\"spec\":{\"ports\":[{\"port\":81}]}}");
    assertThat(kept.code()).as(kept.text()).isEqualTo(200);
    assertThat(kept.at("spec.clusterIP")).isEqualTo(address);
    client.delete(services + "/s1", "");
    assertThat(client.post(services, sameAddress).code()).as("given back").isEqualTo(201);
    var headless =
        client.post(
            services,
            "{\"metadata\":{\"name\":\"h\"},\"spec\":{\"clusterIP\":\"None\"," + ports + "}}");
    assertThat(headless.at("spec.clusterIP")).isEqualTo("None");
    var node =
        client.post(
            services,
            "{\"metadata\":{\"name\":\"np\"},\"spec\":{\"type\":\"NodePort\"," + ports + "}}");
    int port = Integer.parseInt(node.at("spec.ports.0.nodePort"));
    assertThat(port).isBetween(30000, 32767);
    var clash =
        client.post(
            services,
            "{\"metadata\":{\"name\":\"np2\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":"
                + port
                + "}]}}");
    assertThat(clash.code()).isEqualTo(422);
    assertThat(clash.at("message")).contains("provided port is already allocated");
    assertThat(client.delete(services + "/np", "").code()).isEqualTo(200);
  }

  @Test
  void plainSecretDataIsEncoded() {
    var secret =
        client.post(
            NS + "/secrets", "{\"metadata\":{\"name\":\"sec\"},\"stringData\":{\"a\":\"text\"}}");
    assertThat(secret.at("data.a")).isEqualTo("dGV4dA==");
    assertThat(secret.json().has("stringData")).isFalse();
    assertThat(secret.at("type")).isEqualTo("Opaque");
  }

  @Test
  void collectionsAreDeletedBySelector() {
    for (String name : new String[] {"c1", "c2"}) {
      client.post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"col\":\"yes\"}}}");
    }
    client.post(MAPS, "{\"metadata\":{\"name\":\"c3\"}}");
    var deleted = client.delete(MAPS + "?labelSelector=col=yes", "");
    assertThat(deleted.code()).as(deleted.text()).isEqualTo(200);
    assertThat(deleted.json().path("items").size()).isEqualTo(2);
    assertThat(client.get(MAPS + "?labelSelector=col=yes").json().path("items").size()).isZero();
    assertThat(client.get(MAPS + "/c3").code()).isEqualTo(200);
  }

  @Test
  void signingRequestsSayWhoAsked() throws Exception {
    String csrs = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    var made =
        client.post(
            csrs,
            "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"request\":\""
                + request("CN=system:node:n1,O=system:nodes")
                + "\",\"signerName\":\"kubernetes.io/kube-apiserver-client-kubelet\","
                + "\"username\":\"liar\",\"usages\":[\"client auth\"]}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("spec.username")).isEqualTo("system:admin");
    var approved =
        client.patch(
            csrs + "/r/approval",
            "application/merge-patch+json",
            "{\"spec\":{\"username\":\"x\"},\"status\":{\"certificate\":\"eA==\",\"conditions\":"
                + "[{\"type\":\"Approved\",\"status\":\"True\",\"reason\":\"r\",\"message\":\"m\"}]}}");
    assertThat(approved.code()).as(approved.text()).isEqualTo(200);
    assertThat(approved.at("status.conditions.0.type")).isEqualTo("Approved");
    assertThat(approved.at("status.certificate")).isEmpty();
    assertThat(approved.at("spec.username")).isEqualTo("system:admin");
  }

  private static String request(String subject) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    byte[] der =
        new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE REQUEST-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.pki.Pem;
import dev.argosy.server.pki.TestPki;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What tenants have signed, and where it counts. */
class ClientCertificatesTest {

  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("bolt", "bob");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  /** A request's spec, but for what is asked. */
  private record Ask(String signer, List<String> usages, int seconds) {}

  private static AccessRig.Answer ask(String as, String name, Ask ask, String pem)
      throws Exception {
    ObjectNode request = Json.object();
    request.put("apiVersion", "certificates.k8s.io/v1").put("kind", "CertificateSigningRequest");
    request.putObject("metadata").put("name", name);
    ObjectNode spec = request.putObject("spec").put("signerName", ask.signer());
    byte[] bytes = pem.getBytes(StandardCharsets.UTF_8);
    spec.put("request", Base64.getEncoder().encodeToString(bytes));
    ask.usages().forEach(spec.putArray("usages")::add);
    if (ask.seconds() > 0) {
      spec.put("expirationSeconds", ask.seconds());
    }
    return rig.call("POST", REQUESTS, rig.issuer.token(as), request.toString());
  }

  private static JsonNode status(String as, String name) throws Exception {
    return rig.call("GET", REQUESTS + "/" + name, rig.issuer.token(as), null).json().path("status");
  }

  private static void approve(String as, String name) throws Exception {
    String yes =
        """
        {"status":{"conditions":[{"type":"Approved","status":"True","reason":"Test"}]}}\
        """;
    String path = REQUESTS + "/" + name + "/approval";
    AccessRig.Answer answer = rig.call("PATCH", path, rig.issuer.token(as), yes);
    assertThat(answer.code()).as(answer.body()).isEqualTo(200);
  }

  private static X509Certificate issued(String as, String name, Ask ask, String pem)
      throws Exception {
    AccessRig.Answer made = ask(as, name, ask, pem);
    assertThat(made.code()).as(made.body()).isEqualTo(201);
    assertThat(status(as, name).has("certificate")).isFalse();
    approve(as, name);
    AccessRig.await(() -> status(as, name).has("certificate"));
    byte[] text = Base64.getDecoder().decode(status(as, name).path("certificate").asString());
    return Pem.certificates(new String(text, StandardCharsets.UTF_8)).getFirst();
  }

  private static Duration lifetime(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  @Test
  void aCertificateCountsInItsOwnClusterOnly() throws Exception {
    Ask ask = new Ask(CLIENT, List.of("client auth"), 3600);
    String pem = TestPki.request("CN=jane,O=readers", "argosy://clusters/bolt");
    X509Certificate certificate = issued("ann", "jane", ask, pem);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getKeyUsage()).isNull();
    assertThat(lifetime(certificate)).isEqualTo(Duration.ofSeconds(3600 + 300));
    String jane = rig.holding(certificate);
    JsonNode user = rig.call("POST", WHO, jane, "{}").json().at("/status/userInfo");
    assertThat(user.path("username").asString()).isEqualTo("jane");
    assertThat(user.path("groups"))
        .extracting(JsonNode::asString)
        .containsExactly("readers", "system:authenticated");

    String rights = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    String binding =
        """
        {"metadata":{"name":"readers"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"readers"}]}\
        """;
    for (String administrator : List.of("ann", "bob")) {
      assertThat(rig.call("POST", rights, rig.issuer.token(administrator), binding).code())
          .isEqualTo(201);
    }
    AccessRig.await(() -> rig.call("GET", "/api/v1/secrets", jane, null).code() == 200);
    for (String other : List.of("bolt", "root")) {
      assertThat(rig.call("GET", "/clusters/" + other + "/api/v1/secrets", jane, null).code())
          .as(other)
          .isEqualTo(403);
    }
  }

  @Test
  void lifetimesAndKeyUsagesAreKept() throws Exception {
    Ask ask = new Ask(CLIENT, List.of("client auth", "digital signature"), 0);
    X509Certificate certificate = issued("bob", "long", ask, TestPki.request("CN=long"));
    assertThat(lifetime(certificate)).isEqualTo(Duration.ofDays(90).plusMinutes(5));
    assertThat(certificate.getKeyUsage()[0]).isTrue();
    assertThat(certificate.getKeyUsage()[2]).isFalse();
    Ask tooLong = new Ask(CLIENT, List.of("client auth"), 365 * 24 * 3600);
    assertThat(lifetime(issued("bob", "longest", tooLong, TestPki.request("CN=l"))))
        .isEqualTo(Duration.ofDays(90).plusMinutes(5));
    Ask tooShort = new Ask(CLIENT, List.of("client auth"), 599);
    assertThat(ask("bob", "short", tooShort, TestPki.request("CN=s")).body())
        .contains("may not specify a duration less than 600 seconds (10 minutes)");
  }

  @Test
  void aNodeOfATenantIsNoneOfThePlatform() throws Exception {
    Ask ask =
        new Ask(
            "kubernetes.io/kube-apiserver-client-kubelet",
            List.of("client auth", "digital signature"),
            0);
    String node = "O=system:nodes,CN=system:node:n1";
    String token = rig.holding(issued("ann", "node", ask, TestPki.request(node)));
    assertThat(rig.call("POST", WHO, token, "{}").json().at("/status/userInfo/username").asString())
        .isEqualTo("system:node:n1");
    for (String path : List.of("/clusters/bolt/api/v1/pods", "/clusters/root/api/v1/nodes/n1")) {
      assertThat(rig.call("GET", path, token, null).code()).as(path).isEqualTo(403);
    }
  }

  @Test
  void whatDoesNotFitFails() throws Exception {
    fails(
        "server",
        new Ask(CLIENT, List.of("client auth", "server auth"), 0),
        "CN=x",
        "invalid usage for client certificate: server auth");
    fails(
        "no-client",
        new Ask(CLIENT, List.of("digital signature"), 0),
        "CN=x",
        "missing required usage for client certificate: client auth");
    fails(
        "no-node",
        new Ask("kubernetes.io/kube-apiserver-client-kubelet", List.of("client auth"), 0),
        "CN=system:node:x",
        "subject organization is not system:nodes");
    AccessRig.Answer masters =
        ask(
            "ann",
            "masters",
            new Ask(CLIENT, List.of("client auth"), 0),
            TestPki.request("CN=x,O=system:masters"));
    assertThat(masters.code()).isEqualTo(403);
    assertThat(masters.body())
        .contains("use of " + CLIENT + " signer with system:masters group is not allowed");
  }

  private static void fails(String name, Ask ask, String subject, String why) throws Exception {
    assertThat(ask("ann", name, ask, TestPki.request(subject)).code()).isEqualTo(201);
    approve("ann", name);
    AccessRig.await(() -> status("ann", name).path("conditions").size() == 2);
    JsonNode failed = status("ann", name).path("conditions").path(1);
    assertThat(failed.path("type").asString()).isEqualTo("Failed");
    assertThat(failed.path("reason").asString()).isEqualTo("SignerValidationFailure");
    assertThat(failed.path("message").asString()).isEqualTo(why);
    assertThat(status("ann", name).has("certificate")).isFalse();
  }
}

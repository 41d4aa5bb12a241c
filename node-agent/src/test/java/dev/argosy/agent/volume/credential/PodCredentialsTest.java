package dev.argosy.agent.volume.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.SetClock;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PodCredentialsTest {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final ResourceScope REQUESTS =
      ResourceScope.namespace(
          new GroupResource("certificates.k8s.io", "podcertificaterequests"), "acme", "default");
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final String CHAIN =
      "leaf\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\nabove\n"
          + "-----BEGIN CERTIFICATE-----\nBB\nBB\n-----END CERTIFICATE-----\n";

  private final SetClock clock = new SetClock();
  private final FakeApi fake = new FakeApi(clock, "acme");
  private final ApiClient api = fake.client();
  private final PodEvents events = new PodEvents(api, "n1", clock);
  private final PodCredentials credentials = new PodCredentials(api, events, clock);
  private final PodView pod = pod();
  private final JsonNode wanted =
      json(
          "{'signerName':'example.com/own','keyType':'ECDSAP256','maxExpirationSeconds':7200,"
              + "'userAnnotations':{'example.com/a':'b'},'credentialBundlePath':'c.pem'}");

  @BeforeEach
  void setUp() {
    make(ResourceScope.cluster(NODES, "root"), "v1", "Node", "n1");
    make(ResourceScope.namespace(ACCOUNTS, "acme", "default"), "v1", "ServiceAccount", "app");
  }

  @AfterEach
  void close() {
    events.close();
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  private void make(ResourceScope scope, String version, String kind, String name) {
    ObjectNode object = Json.object().put("apiVersion", version).put("kind", kind);
    object.putObject("metadata").put("name", name);
    api.create(scope, object).orThrow();
  }

  private static PodView pod() {
    String text =
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web','namespace':'default',"
            + "'uid':'pod-1'},'spec':{'nodeName':'n1','serviceAccountName':'app'}}";
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return PodView.of(ApiObject.ofStored(new ObjectKey(PODS, "acme", "default", "web"), 1, bytes));
  }

  private Credential get() throws ConfigFailure {
    return credentials.of(pod, "v/0", wanted);
  }

  private void waits() {
    assertThatThrownBy(this::get)
        .isInstanceOf(ConfigFailure.class)
        .hasMessageContaining("is not issued yet: signer \"example.com/own\" has not answered");
  }

  private List<ApiObject> requests() {
    return api.list(REQUESTS, ListOptions.EVERYTHING).orThrow().items();
  }

  private void answer(ApiObject request, String condition, Instant refresh) {
    ObjectNode status = Json.object();
    ObjectNode said = status.putObject("status");
    said.putArray("conditions")
        .addObject()
        .put("type", condition)
        .put("status", "True")
        .put("reason", "Because")
        .put("message", "so");
    said.put("certificateChain", CHAIN)
        .put("beginRefreshAt", refresh.toString())
        .put("notAfter", refresh.plus(Duration.ofHours(1)).toString());
    api.updateStatus(request.key(), status).orThrow();
  }

  @Test
  void a_pod_waits_for_its_signer_and_has_then_what_fits_together() throws Exception {
    waits();
    waits();
    assertThat(requests()).hasSize(1);
    ApiObject request = requests().getFirst();
    JsonNode spec = request.tree().path("spec");
    assertThat(spec.path("podUID").asString()).isEqualTo("pod-1");
    assertThat(spec.path("nodeUID").asString())
        .isEqualTo(api.get(new ObjectKey(NODES, "root", "", "n1")).orThrow().meta().uid());
    assertThat(spec.path("maxExpirationSeconds").asInt()).isEqualTo(7200);
    assertThat(spec.at("/unverifiedUserAnnotations/example.com~1a").asString()).isEqualTo("b");
    assertThat(request.tree().at("/metadata/ownerReferences/0/uid").asString()).isEqualTo("pod-1");

    answer(request, "Issued", START.plus(Duration.ofHours(1)));
    Credential issued = get();
    assertThat(new String(issued.chain(), StandardCharsets.US_ASCII))
        .isEqualTo(
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                + "-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----\n");
    assertThat(fits(issued, spec.path("pkixPublicKey").asString())).isTrue();
    credentials.release("pod-1");
    waits();
    assertThat(requests()).hasSize(2);
  }

  /** Signs with the private key, verifies with the public one. */
  private static boolean fits(Credential credential, String publicKey) throws Exception {
    String pem = new String(credential.key(), StandardCharsets.US_ASCII);
    String content = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    KeyFactory keys = KeyFactory.getInstance("EC");
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(
        keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(content))));
    byte[] signed = signature.sign();
    signature.initVerify(
        keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey))));
    return signature.verify(signed);
  }

  @Test
  void it_asks_anew_when_the_signer_says_so_and_when_a_request_is_gone() throws Exception {
    waits();
    answer(requests().getFirst(), "Issued", START.plus(Duration.ofHours(1)));
    Credential first = get();
    clock.advance(Duration.ofMinutes(59));
    assertThat(get()).isSameAs(first);
    clock.advance(Duration.ofMinutes(6));
    waits();
    assertThat(requests()).hasSize(2);
    requests().forEach(one -> api.delete(one.key(), DeleteOptions.now(one.meta().uid())));
    waits();
    assertThat(requests()).hasSize(1);
    clock.advance(Duration.ofMinutes(56));
    waits();
    assertThat(fake.await(() -> told("CertificateExpired"))).isTrue();
    answer(requests().getFirst(), "Issued", START.plus(Duration.ofHours(4)));
    assertThat(get().key()).isNotEqualTo(first.key());
  }

  @Test
  void what_is_denied_is_told_and_not_asked_for_again() {
    waits();
    answer(requests().getFirst(), "Denied", START);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::get)
          .hasMessageMatching(
              "PodCertificateRequest default/req-\\S+ was denied, reason=\"Because\","
                  + " message=\"so\"");
    }
    assertThat(requests()).hasSize(1);
    assertThat(fake.await(() -> told("Denied"))).isTrue();
  }

  private boolean told(String reason) {
    ResourceScope scope = ResourceScope.namespace(EVENTS, "acme", "default");
    return api.list(scope, ListOptions.EVERYTHING).orThrow().items().stream()
        .anyMatch(event -> event.tree().path("reason").asString("").equals(reason));
  }

  @Test
  void each_kind_of_key_proves_that_it_is_there() throws Exception {
    for (KeyKind kind : List.of(KeyKind.ECDSAP384, KeyKind.ECDSAP521, KeyKind.ED25519)) {
      var pair = kind.generate();
      byte[] proof = kind.prove(pair.getPrivate(), "pod-1");
      String algorithm = kind == KeyKind.ED25519 ? "Ed25519" : "SHA256withECDSA";
      assertThat(verified(pair.getPublic(), algorithm, proof)).as(kind.name()).isTrue();
    }
  }

  private static boolean verified(PublicKey key, String algorithm, byte[] proof) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(key);
    signature.update("pod-1".getBytes(StandardCharsets.UTF_8));
    return signature.verify(proof);
  }
}

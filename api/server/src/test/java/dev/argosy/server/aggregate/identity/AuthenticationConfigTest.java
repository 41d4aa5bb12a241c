package dev.argosy.server.aggregate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.pki.Pem;
import dev.argosy.server.pki.TestPki;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.security.PrivateKey;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each cluster tells its API servers whom to believe, and no other cluster's identity passes. */
@SuppressWarnings("NullAway") // everything is set before the first test
class AuthenticationConfigTest {

  private static final String MAPS = "/api/v1/namespaces/kube-system/configmaps";
  private static final String NAME = "/extension-apiserver-authentication";

  private final PrivateKey secret = TestPki.newKey().getPrivate();
  private final AtomicReference<FrontProxies> late = new AtomicReference<>();
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            Map.of(),
            parts ->
                parts.presets((resource, cluster, namespace) ->
                    late.get() == null
                        ? java.util.List.of()
                        : new AuthenticationConfig(late.get()).of(resource, cluster, namespace)));
    late.set(new FrontProxies(secret, server.caches, Clock.systemUTC()));
    client = server.client();
    server.clusters.put("globex", Phase.ACTIVE, Set.of());
    client.post("/clusters/globex/api/v1/namespaces", "{\"metadata\":{\"name\":\"kube-system\"}}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode data(String cluster) {
    TestClient.Answer answer = client.get("/clusters/" + cluster + MAPS + NAME);
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
    return answer.json().path("data");
  }

  private static X509Certificate authority(JsonNode data, String key) {
    return Pem.certificates(data.path(key).asString("")).getFirst();
  }

  @Test
  void itNamesAuthoritiesAndHeaders() throws Exception {
    JsonNode data = data("acme");
    assertThat(data.path("requestheader-username-headers").asString(""))
        .isEqualTo("[\"X-Remote-User\"]");
    assertThat(data.path("requestheader-allowed-names").asString(""))
        .isEqualTo("[\"front-proxy-client\"]");
    X509Certificate requests = authority(data, "requestheader-client-ca-file");
    requests.verify(requests.getPublicKey());
    assertThat(requests.getBasicConstraints()).isGreaterThanOrEqualTo(0);
    X509Certificate mine = late.get().of("acme").orElseThrow().certify().certificate();
    mine.verify(requests.getPublicKey());
    assertThat(mine.getSubjectX500Principal().getName()).isEqualTo("CN=front-proxy-client");
    assertThat(authority(data, "client-ca-file").getPublicKey())
        .isNotEqualTo(requests.getPublicKey());
  }

  @Test
  void anotherClusterDoesNotBelieveIt() {
    X509Certificate acme = late.get().of("acme").orElseThrow().certify().certificate();
    X509Certificate globex = authority(data("globex"), "requestheader-client-ca-file");
    assertThatThrownBy(() -> acme.verify(globex.getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void everyServerSaysTheSame() {
    FrontProxies other = new FrontProxies(secret, server.caches, Clock.systemUTC());
    assertThat(other.of("acme").orElseThrow().configMap().tree())
        .isEqualTo(late.get().of("acme").orElseThrow().configMap().tree());
  }

  @Test
  void listsShowItWhereItIs() {
    assertThat(client.get("/clusters/acme" + MAPS).text()).contains("front-proxy-client");
    assertThat(client.get("/clusters/acme/api/v1/namespaces/default/configmaps").text())
        .doesNotContain("front-proxy-client");
    assertThat(client.get("/clusters/none" + MAPS + NAME).code()).isEqualTo(404);
  }

  @Test
  void whoChangesItKeepsACopy() {
    String path = "/clusters/acme" + MAPS + NAME;
    String change = Json.object().set("data", Json.object().put("own", "yes")).toString();
    assertThat(client.patch(path, "application/merge-patch+json", change).code()).isEqualTo(200);
    assertThat(data("acme").path("own").asString("")).isEqualTo("yes");
    assertThat(client.delete(path, "").code()).isEqualTo(200);
    assertThat(data("acme").has("own")).isFalse();
  }
}

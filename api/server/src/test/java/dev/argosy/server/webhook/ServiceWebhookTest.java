package dev.argosy.server.webhook;

import static dev.argosy.server.webhook.HookServer.deny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.server.dial.AddressDialer;
import dev.argosy.server.dial.AddressPolicy;
import dev.argosy.server.dial.EndpointDialer;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.PlayedPods;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.server.tunnel.TunnelEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks that are services of the cluster, reached through a node's tunnel. */
@Timeout(60)
@SuppressWarnings("NullAway") // everything is set before the first test
class ServiceWebhookTest {

  private static final String SPACE = "/clusters/acme/api/v1/namespaces/default";
  private static final String MAPS = SPACE + "/configmaps";

  @TempDir Path folder;
  private final NodeTunnels tunnels = new NodeTunnels();
  private final AtomicReference<ServiceDialer> dialer = new AtomicReference<>();
  private HookServer hooks;
  private TestServer server;
  private TestClient client;
  private PlayedPods pods;

  @BeforeEach
  void start() throws Exception {
    hooks = new HookServer(folder, "hook.default.svc");
    hooks.review("/deny", r -> deny("through the tunnel"));
    server =
        TestServer.start(
            Map.of(),
            parts ->
                parts
                    .mount(new TunnelEndpoint(tunnels).mount())
                    .services(target -> dialer.get().dial(target)));
    dialer.set(
        new EndpointDialer(
            server.caches, tunnels, new AddressDialer(new AddressPolicy(List.of()))));
    server.access.token(
        "node", new UserInfo("system:node:n1", "", List.of("system:nodes"), Map.of()), "root");
    server.access.allow(attributes -> attributes.path().startsWith("/argosy/"));
    pods = new PlayedPods(server.server.port(), "node", "n1", tunnels, hooks.port());
    client = new TestClient(server.server.localUri(), FakeAccess.ADMIN_TOKEN);
  }

  @AfterEach
  void stop() {
    pods.close();
    tunnels.close();
    server.close();
    hooks.close();
  }

  private void made(String path, String body) {
    Answer made = client.post(path, body);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    String resource = path.substring(path.lastIndexOf('/') + 1);
    String group = path.contains("/apis/") ? path.replaceFirst(".*/apis/([^/]*)/.*", "$1") : "";
    assertThat(
            server
                .caches
                .of(new GroupResource(group, resource))
                .awaitRevision(
                    Long.parseLong(made.at("metadata.resourceVersion")), Duration.ofSeconds(10)))
        .isTrue();
  }

  private void service() {
    made(
        SPACE + "/services",
        "{\"metadata\":{\"name\":\"hook\"},\"spec\":{\"ports\":[{\"name\":\"web\",\"port\":8443,"
            + "\"targetPort\":9443}]}}");
  }

  private void endpoints(boolean ready) {
    made(
        "/clusters/acme/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
        "{\"metadata\":{\"name\":\"hook-1\",\"labels\":{\"kubernetes.io/service-name\":\"hook\"}},"
            + "\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"web\",\"port\":9443,\"protocol\":\"TCP\"}],"
            + "\"endpoints\":[{\"addresses\":[\"10.244.0.9\"],\"conditions\":{\"ready\":"
            + ready
            + "},\"targetRef\":{\"kind\":\"Pod\",\"name\":\"hook-pod\",\"namespace\":\"default\"}}]}");
  }

  private void hook() throws Exception {
    made(
        "/clusters/acme" + Hooks.VALIDATING,
        Hooks.validating("svc").service("hook", "/deny", 8443, hooks.caBundle()).toString());
  }

  private String refusal() {
    return client.post(MAPS, "{\"metadata\":{\"name\":\"a\"}}").at("message");
  }

  @Test
  void servicesAreReachedThroughTheTunnel() throws Exception {
    service();
    made(
        SPACE + "/pods",
        "{\"metadata\":{\"name\":\"hook-pod\"},\"spec\":{\"nodeName\":\"n1\","
            + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    endpoints(true);
    hook();
    assertThat(refusal())
        .isEqualTo("admission webhook \"svc.example.com\" denied the request: through the tunnel");
    StreamRequest asked = pods.requests.getFirst();
    assertThat(asked).isInstanceOf(StreamRequest.Proxy.class);
    assertThat(((StreamRequest.Proxy) asked).port()).isEqualTo(9443);
    assertThat(((StreamRequest.Proxy) asked).pod().name()).isEqualTo("hook-pod");
    assertThat(((StreamRequest.Proxy) asked).pod().cluster()).isEqualTo("acme");
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    hook();
    assertThat(refusal())
        .endsWith(
            "Post \"https://hook.default.svc:8443/deny?timeout=10s\": service \"hook\" not found");
    service();
    assertThat(refusal()).endsWith("no endpoints available for service \"hook\"");
    endpoints(false);
    assertThat(refusal()).endsWith("no endpoints available for service \"hook\"");
  }
}

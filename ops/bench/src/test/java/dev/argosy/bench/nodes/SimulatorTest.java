package dev.argosy.bench.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Simulated nodes at a real API server, over HTTP. */
class SimulatorTest {

  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
  private final TestServer server = TestServer.start();
  private final ApiClient admin = server.admin();

  SimulatorTest() {
    admin
        .create(
            ResourceScope.cluster(Plane.NAMESPACES, "root"),
            Objects.named("v1", "Namespace", "kube-node-lease"))
        .orThrow();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Simulator start(int nodes) throws Exception {
    server.access.allow(asked -> asked.user().inGroup("system:nodes"));
    return Simulator.start(config(FakeAccess.ADMIN_TOKEN), options(nodes));
  }

  private Kubeconfig config(String token) throws Exception {
    return new Kubeconfig(server.server.localUri(), SSLContext.getDefault(), token);
  }

  private static Options options(int nodes) {
    return new Options(
        Path.of("unused"),
        nodes,
        3,
        "sim",
        "default",
        new Options.Room("4", "32Gi", 110),
        Script.PROMPT.withMissing(Set.of("missing:1")));
  }

  private ObjectKey pod(String cluster, String name, String image, String node) {
    var pod = Objects.pod(name, "", Objects.SMALL, ",\"nodeName\":\"" + node + "\"");
    ((ObjectNode) pod.at("/spec/containers/0")).put("image", image);
    return admin
        .create(ResourceScope.namespace(Plane.PODS, cluster, "default"), pod)
        .orThrow()
        .key();
  }

  private String phase(ObjectKey pod) {
    return tree(pod).at("/status/phase").asString("");
  }

  private JsonNode tree(ObjectKey key) {
    return admin.get(key).orThrow().tree();
  }

  private List<ApiObject> all(ResourceScope scope) {
    return admin.list(scope, ListOptions.EVERYTHING).orThrow().items();
  }

  @Test
  void registersNodesAndTakesThemAway() throws Exception {
    Simulator simulator = start(7);
    JsonNode node = tree(new ObjectKey(Plane.NODES, "root", "", "sim-4"));
    assertThat(node.at("/status/allocatable/cpu").asString("")).isEqualTo("4");
    assertThat(node.at("/metadata/labels/topology.kubernetes.io~1zone").asString(""))
        .isEqualTo("zone-1");
    ResourceScope leases = ResourceScope.namespace(LEASES, "root", "kube-node-lease");
    assertThat(all(leases)).hasSize(7);
    assertThat(simulator.stop()).isEmpty();
    assertThat(all(leases)).isEmpty();
    assertThat(all(ResourceScope.cluster(Plane.NODES, "root"))).isEmpty();
  }

  @Test
  void renewsLeases() throws Exception {
    Simulator simulator = start(50);
    ResourceScope leases = ResourceScope.namespace(LEASES, "root", "kube-node-lease");
    long before = all(leases).stream().mapToLong(ApiObject::revision).max().orElseThrow();
    Deadline.await(
        () -> all(leases).stream().mapToLong(ApiObject::revision).max().orElseThrow() > before);
    simulator.stop();
  }

  @Test
  void runsPodsOfTenantsAndOfRoot() throws Exception {
    Simulator simulator = start(2);
    ObjectKey tenants = pod("acme", "web", "demo:1", "sim-0");
    ObjectKey own = pod("root", "web", "demo:1", "sim-1");
    ObjectKey others = pod("acme", "other", "demo:1", "somebody-else");
    ObjectKey missing = pod("acme", "broken", "missing:1", "sim-0");
    Deadline.await(() -> phase(tenants).equals("Running") && phase(own).equals("Running"));
    Deadline.await(() ->
        tree(missing)
            .at("/status/containerStatuses/0/state/waiting/reason")
            .asString("")
            .equals("ErrImagePull"));
    assertThat(tree(tenants).at("/status/podIP").asString("")).startsWith("10.");
    assertThat(phase(missing)).isEqualTo("Pending");
    assertThat(phase(others)).isEqualTo("Pending");
    admin.delete(tenants, DeleteOptions.DEFAULT).orThrow();
    admin.delete(others, DeleteOptions.DEFAULT).orThrow();
    Deadline.await(() -> admin.get(tenants).orAbsent().isEmpty());
    assertThat(admin.get(others).orAbsent()).isPresent();
    simulator.stop();
  }

  @Test
  void goesOnWhereAnotherWas() throws Exception {
    Simulator first = start(1);
    first.close();
    ObjectKey pod = pod("acme", "web", "demo:1", "sim-0");
    Simulator second = start(1);
    Deadline.await(() -> phase(pod).equals("Running"));
    assertThat(second.stop()).isEmpty();
  }

  @Test
  void tellsWhyItMayNot() {
    server.access.token("weak", "somebody", "");
    assertThatThrownBy(() -> Simulator.start(config("weak"), options(3)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the nodes cannot be registered")
        .hasMessageContaining("cannot impersonate");
  }

  @Test
  void tellsThatNobodyAnswers() throws Exception {
    Kubeconfig nobody =
        new Kubeconfig(URI.create("http://127.0.0.1:1"), SSLContext.getDefault(), "t");
    assertThatThrownBy(() -> Simulator.start(nobody, options(1)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the API server cannot be reached");
  }
}

package dev.argosy.agent.pod.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.time.ManualTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Two tenants, and a node of a pool that only one of them has. */
class NodeGrantsTest {

  private final ManualTimers timers = new ManualTimers(Instant.EPOCH);
  private final FakeApi api = new FakeApi(timers.clock(), "root", "shop", "lab");
  private final NodeGrants grants = new NodeGrants(api.client(), "fast", timers.clock());

  private static PodView pod(String cluster) {
    String json =
        "{\"metadata\":{\"name\":\"p\",\"uid\":\"of-%s\"},\"spec\":{}}".formatted(cluster);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), cluster, "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the server makes of a grant: the cluster shows the node. */
  private void shownIn(String cluster) {
    ObjectNode node = Json.object();
    node.putObject("metadata").put("name", "fast");
    api.client().create(ResourceScope.cluster(NodeIdentity.NODES, cluster), node).orThrow();
  }

  @Test
  void aPodOfATenantThatDoesNotHaveTheNodeIsRefused() {
    shownIn("root");
    shownIn("lab");
    assertThat(grants.later(pod("lab"))).isFalse();
    assertThat(grants.admit(pod("lab"))).isEmpty();
    assertThat(grants.later(pod("root"))).isFalse();
    assertThat(grants.admit(pod("root"))).isEmpty();

    assertThat(grants.later(pod("shop"))).as("another server may know more").isTrue();
    timers.advance(Duration.ofSeconds(5));
    assertThat(grants.later(pod("shop"))).isFalse();
    assertThat(grants.admit(pod("shop")).orElseThrow().text())
        .isEqualTo(
            "Pod was rejected: node \"fast\" is none of this cluster's: kubectl get nodes shows"
                + " which are");
  }

  @Test
  void aGrantThatIsHeardOfLaterCounts() {
    shownIn("root");
    assertThat(grants.later(pod("shop"))).isTrue();
    timers.advance(Duration.ofSeconds(2));
    shownIn("shop");
    assertThat(grants.later(pod("shop"))).isFalse();
    assertThat(grants.admit(pod("shop"))).isEmpty();
  }

  @Test
  void podsWaitForANodeThatIsNotThereAndForAServer() {
    assertThat(grants.later(pod("shop"))).isTrue();
    timers.advance(Duration.ofMinutes(1));
    assertThat(grants.later(pod("shop"))).as("no node yet").isTrue();
    shownIn("root");
    shownIn("shop");
    api.setFault(
        (verb, resource, name) -> Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "away")));
    assertThat(grants.later(pod("shop"))).as("no server").isTrue();
    api.setFault(Fault.NONE);
    assertThat(grants.later(pod("shop"))).isFalse();
  }

  @Test
  void theServerIsAskedOnceAMinuteForEachTenant() {
    shownIn("root");
    shownIn("shop");
    assertThat(grants.later(pod("shop"))).isFalse();
    api.client()
        .delete(new ObjectKey(NodeIdentity.NODES, "shop", "", "fast"), DeleteOptions.DEFAULT)
        .orThrow();
    assertThat(grants.later(pod("shop"))).isFalse();
    timers.advance(Duration.ofMinutes(1));
    assertThat(grants.later(pod("shop"))).isTrue();
  }
}

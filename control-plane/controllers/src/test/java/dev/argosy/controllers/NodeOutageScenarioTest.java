package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When nobody reports any more, it is this side that is cut off. */
class NodeOutageScenarioTest {

  private static final String NO_EXECUTE = "node.kubernetes.io/unreachable:NoExecute";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void nodes_keep_their_pods_while_no_node_reports() {
    cluster.addLivingNode("node-2");
    cluster.stopHeartbeats();
    cluster.elapse(Duration.ofSeconds(60));
    assertThat(taints("node-1")).contains(NO_EXECUTE);
    cluster.silence("node-2");
    cluster.elapse(Duration.ofSeconds(60));
    for (String node : List.of("node-1", "node-2")) {
      assertThat(taints(node)).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
    }
    cluster.crash();
    cluster.elapse(Duration.ofSeconds(120));
    assertThat(taints("node-1")).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
    cluster.resumeHeartbeats();
    ready("node-1");
    cluster.elapse(Duration.ofSeconds(20));
    assertThat(taints("node-1")).isEmpty();
    assertThat(taints("node-2")).contains(NO_EXECUTE);
  }

  @Test
  void nodes_of_a_zone_lose_their_pods_one_after_the_other() {
    for (int i = 2; i <= 8; i++) {
      cluster.addLivingNode("node-" + i);
    }
    for (int i = 2; i <= 4; i++) {
      cluster.silence("node-" + i);
    }
    List<Integer> counts = new ArrayList<>();
    for (int second = 0; second < 90; second += 5) {
      cluster.elapse(Duration.ofSeconds(5));
      counts.add(expelled());
    }
    assertThat(counts).contains(1, 2, 3).last().isEqualTo(3);
    for (int i = 1; i < counts.size(); i++) {
      assertThat(counts.get(i) - counts.get(i - 1)).isBetween(0, 1);
      if (i > 1) {
        assertThat(counts.get(i) - counts.get(i - 2)).isBetween(0, 1);
      }
    }
  }

  private int expelled() {
    int count = 0;
    for (int i = 1; i <= 8; i++) {
      count += taints("node-" + i).contains(NO_EXECUTE) ? 1 : 0;
    }
    return count;
  }

  private List<String> taints(String name) {
    ApiObject node = cluster.client.get(key(name)).orThrow();
    List<String> taints = new ArrayList<>();
    for (JsonNode t : node.tree().at("/spec/taints")) {
      taints.add(t.path("key").asString("") + ":" + t.path("effect").asString(""));
    }
    return taints;
  }

  private void ready(String name) {
    String status =
        """
        {"status":{"conditions":[{"type":"Ready","status":"True",
          "lastHeartbeatTime":"2026-01-01T01:00:00Z"}]}}\
        """;
    cluster
        .client
        .patch(key(name), "status", Patch.merge((ObjectNode) Json.mapper().readTree(status)))
        .orThrow();
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Kinds.NODES, "root", "", name);
  }
}

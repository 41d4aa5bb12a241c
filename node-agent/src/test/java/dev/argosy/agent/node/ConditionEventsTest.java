package dev.argosy.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told of a node's conditions. */
@Timeout(60)
final class ConditionEventsTest {

  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root");

  private static JsonNode status(String ready, String memory, String disk) {
    ObjectNode status = Json.object();
    var conditions = status.putArray("conditions");
    conditions.addObject().put("type", "MemoryPressure").put("status", memory);
    conditions.addObject().put("type", "DiskPressure").put("status", disk);
    conditions.addObject().put("type", "Ready").put("status", ready);
    return status;
  }

  private List<String> events() {
    return api
        .client()
        .list(ResourceScope.everywhere(new GroupResource("", "events")), ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(e ->
            e.tree().path("reason").asString("") + ": " + e.tree().path("message").asString(""))
        .toList();
  }

  @Test
  void eachTurnIsToldOnceAndTheFirstStatusIsNone() {
    ObjectNode body = Json.object();
    body.put("apiVersion", "v1").put("kind", "Node").putObject("metadata").put("name", "n1");
    ApiObject node =
        api.client()
            .create(ResourceScope.cluster(NodeIdentity.NODES, NodeIdentity.ROOT), body)
            .orThrow();
    try (EventRecorder recorder =
        new EventRecorder(api.client(), "kubelet", "n1", Clock.systemUTC())) {
      ConditionEvents told = new ConditionEvents(recorder);
      told.tell(node, Json.object(), status("False", "False", "False"));
      told.tell(node, status("False", "False", "False"), status("True", "True", "False"));
      told.tell(node, status("True", "True", "False"), status("True", "True", "False"));
      told.tell(node, status("True", "True", "False"), status("True", "False", "True"));
      assertThat(api.await(() -> events().size() >= 4)).isTrue();
      assertThat(events())
          .containsExactlyInAnyOrder(
              "NodeHasInsufficientMemory: Node n1 status is now: NodeHasInsufficientMemory",
              "NodeReady: Node n1 status is now: NodeReady",
              "NodeHasSufficientMemory: Node n1 status is now: NodeHasSufficientMemory",
              "NodeHasDiskPressure: Node n1 status is now: NodeHasDiskPressure");
    }
  }
}

package dev.argosy.agent.node;

import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.object.ApiObject;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * An event, in Kubernetes' words, and a line in the log when one of the node's conditions turns.
 */
final class ConditionEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ConditionEvents.class);

  private record Reasons(String holds, String not) {}

  private static final Map<String, Reasons> REASONS =
      Map.of(
          "Ready", new Reasons("NodeReady", "NodeNotReady"),
          "MemoryPressure", new Reasons("NodeHasInsufficientMemory", "NodeHasSufficientMemory"),
          "DiskPressure", new Reasons("NodeHasDiskPressure", "NodeHasNoDiskPressure"),
          "PIDPressure", new Reasons("NodeHasInsufficientPID", "NodeHasSufficientPID"));

  private final EventRecorder events;

  ConditionEvents(EventRecorder events) {
    this.events = events;
  }

  /** Conditions that were not there before are no news. */
  void tell(ApiObject node, JsonNode before, JsonNode now) {
    for (JsonNode condition : now.path("conditions")) {
      String type = condition.path("type").asString("");
      String status = condition.path("status").asString("");
      Reasons reasons = REASONS.get(type);
      String past = status(before, type);
      if (reasons != null && !past.isEmpty() && !past.equals(status)) {
        String reason = status.equals("True") ? reasons.holds : reasons.not;
        LOG.info("{}: {}", reason, condition.path("message").asString(""));
        events.normal(
            Subject.of("v1", "Node", node),
            reason,
            "Node " + node.name() + " status is now: " + reason);
      }
    }
  }

  private static String status(JsonNode status, String type) {
    return status
        .path("conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals(type))
        .map(c -> c.path("status").asString(""))
        .findFirst()
        .orElse("");
  }
}

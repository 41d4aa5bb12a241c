package dev.argosy.server.flowcontrol.schema;

import dev.argosy.server.flowcontrol.seat.LevelSpec;
import dev.argosy.server.flowcontrol.seat.LevelSpec.Queuing;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A PriorityLevelConfiguration.
 *
 * @param uid of the object; empty if the cluster has none
 */
public record PriorityLevel(String uid, LevelSpec spec) {

  private static final int SHARES = 30;
  private static final int QUEUES = 64;
  private static final int HAND = 8;
  private static final int LENGTH = 50;

  /**
   * Exempt requests wait only where their tenant has all it may have; then as many as there is
   * room.
   */
  private static final Queuing EXEMPT = new Queuing(QUEUES, HAND, Integer.MAX_VALUE);

  static PriorityLevel of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    String name = metadata.path("name").asString("");
    boolean exempt = object.path("spec").path("type").asString("").equals("Exempt");
    JsonNode body = object.path("spec").path(exempt ? "exempt" : "limited");
    LevelSpec spec =
        new LevelSpec(
            name,
            exempt,
            Math.max(0, body.path("nominalConcurrencyShares").asInt(exempt ? 0 : SHARES)),
            Math.clamp(body.path("lendablePercent").asInt(0), 0, 100),
            Math.max(
                LevelSpec.UNLIMITED, body.path("borrowingLimitPercent").asInt(LevelSpec.UNLIMITED)),
            exempt ? Optional.of(EXEMPT) : queuing(body.path("limitResponse")));
    return new PriorityLevel(metadata.path("uid").asString(""), spec);
  }

  private static Optional<Queuing> queuing(JsonNode response) {
    if (!response.path("type").asString("").equals("Queue")) {
      return Optional.empty();
    }
    JsonNode queuing = response.path("queuing");
    int queues = Math.max(1, queuing.path("queues").asInt(QUEUES));
    int hand = Math.clamp(queuing.path("handSize").asInt(HAND), 1, queues);
    return Optional.of(
        new Queuing(queues, hand, Math.max(0, queuing.path("queueLengthLimit").asInt(LENGTH))));
  }
}

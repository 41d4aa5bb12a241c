package dev.argosy.console.tenant;

import dev.argosy.console.live.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One of the conditions in an object's status.
 *
 * @param holds True, False or Unknown
 */
record Condition(
    String type, String holds, String reason, String message, @Nullable Instant since) {

  /** All that an object tells, in its order. */
  static List<Condition> of(JsonNode object) {
    List<Condition> all = new ArrayList<>();
    for (JsonNode one : object.path("status").path("conditions")) {
      all.add(
          new Condition(
              one.path("type").asString(""),
              one.path("status").asString("Unknown"),
              one.path("reason").asString(""),
              one.path("message").asString(""),
              Moment.in(one.path("lastTransitionTime"))));
    }
    return List.copyOf(all);
  }
}

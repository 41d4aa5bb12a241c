package dev.argosy.console.pod;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event about an object.
 *
 * @param last when it happened last
 * @param count how often
 */
public record EventRow(
    ObjectKey key,
    boolean warning,
    String reason,
    String message,
    String object,
    int count,
    @Nullable Instant last) {

  public static EventRow of(ApiObject event) {
    JsonNode tree = event.tree();
    JsonNode about = tree.path("involvedObject");
    return new EventRow(
        event.key(),
        tree.path("type").asString("").equals("Warning"),
        tree.path("reason").asString(""),
        tree.path("message").asString(""),
        about.path("kind").asString("") + " " + about.path("name").asString(""),
        Math.max(1, tree.path("count").asInt(1)),
        last(event, tree));
  }

  private static @Nullable Instant last(ApiObject event, JsonNode tree) {
    for (String field : new String[] {"lastTimestamp", "eventTime", "firstTimestamp"}) {
      String text = tree.path(field).asString("");
      if (!text.isEmpty()) {
        return Instant.parse(text);
      }
    }
    return event.meta().creationTimestamp();
  }
}

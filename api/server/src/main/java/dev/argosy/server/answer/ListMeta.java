package dev.argosy.server.answer;

import dev.argosy.model.object.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The metadata of a list.
 *
 * @param continueToken empty if nothing follows
 * @param remaining how many items follow; null if that is not known
 */
public record ListMeta(long revision, String continueToken, @Nullable Long remaining) {

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("resourceVersion", Long.toString(revision));
    if (!continueToken.isEmpty()) {
      json.put("continue", continueToken);
      if (remaining != null) {
        json.put("remainingItemCount", remaining);
      }
    }
    return json;
  }
}

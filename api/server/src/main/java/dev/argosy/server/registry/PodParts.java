package dev.argosy.server.registry;

import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the subresources {@code ephemeralcontainers} and {@code resize} take from a pod's new state;
 * everything else is put back.
 */
final class PodParts {

  private static final List<String> CONTAINERS = List.of("containers", "initContainers");
  private static final List<String> RESIZED = List.of("resources", "resizePolicy");

  private PodParts() {}

  /** The spec with the ephemeral containers of another. */
  static ObjectNode withEphemeral(JsonNode spec, JsonNode incoming) {
    ObjectNode result = copy(spec);
    Metadata.setOrRemove(result, "ephemeralContainers", incoming.get("ephemeralContainers"));
    return result;
  }

  /**
   * The spec with the resources of another's containers. Lists that do not name the same containers
   * are taken as they come, for validation to refuse.
   */
  static ObjectNode resized(JsonNode spec, JsonNode incoming) {
    ObjectNode result = copy(spec);
    for (String list : CONTAINERS) {
      JsonNode wanted = incoming.get(list);
      if (sameNames(result.path(list), incoming.path(list))) {
        take(result.path(list), incoming.path(list));
      } else {
        Metadata.setOrRemove(result, list, wanted);
      }
    }
    return result;
  }

  private static ObjectNode copy(JsonNode spec) {
    return spec instanceof ObjectNode found ? found.deepCopy() : Json.object();
  }

  private static boolean sameNames(JsonNode ours, JsonNode theirs) {
    if (ours.size() != theirs.size() || theirs.size() > 0 && !(theirs instanceof ArrayNode)) {
      return false;
    }
    for (int i = 0; i < ours.size(); i++) {
      if (!ours.get(i).path("name").equals(theirs.get(i).path("name"))) {
        return false;
      }
    }
    return true;
  }

  private static void take(JsonNode ours, JsonNode theirs) {
    for (int i = 0; i < ours.size(); i++) {
      for (String field : RESIZED) {
        Metadata.setOrRemove((ObjectNode) ours.get(i), field, theirs.get(i).get(field));
      }
    }
  }
}

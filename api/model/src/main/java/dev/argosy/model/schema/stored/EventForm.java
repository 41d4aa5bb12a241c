package dev.argosy.model.schema.stored;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of {@code events.k8s.io/v1}, kept as core events under other names of their fields. */
final class EventForm implements StoredForm {

  private static final Map<String, String> TO_CORE =
      Map.of(
          "note", "message",
          "regarding", "involvedObject",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");
  private static final Map<String, String> FROM_CORE = new HashMap<>();

  static {
    TO_CORE.forEach((theirs, core) -> FROM_CORE.put(core, theirs));
  }

  @Override
  public GroupResource storage() {
    return new GroupResource("", "events");
  }

  @Override
  public ObjectNode toStored(ObjectNode object) {
    return renamed(object, TO_CORE, "v1");
  }

  @Override
  public ObjectNode fromStored(ObjectNode stored) {
    return renamed(stored, FROM_CORE, "events.k8s.io/v1");
  }

  private static ObjectNode renamed(ObjectNode from, Map<String, String> names, String apiVersion) {
    ObjectNode to = Json.object();
    for (Map.Entry<String, JsonNode> member : from.properties()) {
      String name = member.getKey();
      if (name.equals("apiVersion")) {
        to.put(name, apiVersion);
      } else {
        to.set(names.getOrDefault(name, name), member.getValue());
      }
    }
    return to;
  }
}

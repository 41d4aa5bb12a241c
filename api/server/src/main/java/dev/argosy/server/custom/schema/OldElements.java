package dev.argosy.server.custom.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which element of an old list corresponds to one of the new list. Only lists of type {@code map}
 * tell.
 */
public final class OldElements {

  private static final OldElements UNKNOWN = new OldElements(List.of(), Map.of());

  private final List<String> keys;
  private final Map<JsonNode, JsonNode> byKeys;

  private OldElements(List<String> keys, Map<JsonNode, JsonNode> byKeys) {
    this.keys = keys;
    this.byKeys = byKeys;
  }

  public static OldElements of(Schema schema, @Nullable JsonNode old) {
    if (old == null || !old.isArray() || !schema.marks().listType().equals("map")) {
      return UNKNOWN;
    }
    List<String> keys = schema.marks().mapKeys();
    Map<JsonNode, JsonNode> byKeys = new HashMap<>();
    old.forEach(element -> byKeys.putIfAbsent(key(element, keys), element));
    return new OldElements(keys, byKeys);
  }

  /** The old element; null if there is none that is known to correspond. */
  public @Nullable JsonNode of(JsonNode element) {
    return keys.isEmpty() ? null : byKeys.get(key(element, keys));
  }

  static ObjectNode key(JsonNode element, List<String> keys) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String name : keys) {
      JsonNode value = element.get(name);
      if (value != null) {
        key.set(name, value);
      }
    }
    return key;
  }
}

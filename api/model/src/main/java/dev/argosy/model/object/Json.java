package dev.argosy.model.object;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON mapper, and the canonical form: no white space, members in the order {@code
 * apiVersion, kind, metadata} and then as given; in metadata {@code managedFields} comes last. Safe
 * for use by many threads.
 */
public final class Json {

  static final String MANAGED_FIELDS = "managedFields";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads bytes that this system wrote.
   *
   * @throws JacksonException if they are no JSON object
   */
  public static ObjectNode parse(byte[] json) {
    return (ObjectNode) MAPPER.readTree(json);
  }

  /** As {@link #parse(byte[])}, of a part of the bytes. */
  public static ObjectNode parse(byte[] json, int offset, int length) {
    return (ObjectNode) MAPPER.readTree(json, offset, length);
  }

  /** A new tree of a typed Kubernetes object (fabric8 model), nulls left out. */
  public static ObjectNode tree(Object typed) {
    return MAPPER.valueToTree(typed);
  }

  /** A new typed object of a tree. */
  public static <T> T as(JsonNode tree, Class<T> type) {
    return MAPPER.treeToValue(tree, type);
  }

  /** Whether two trees say the same, however many bits Java keeps their whole numbers in. */
  public static boolean same(JsonNode one, JsonNode other) {
    return one.equals((a, b) -> alike(a, b) ? 0 : 1, other);
  }

  private static boolean alike(JsonNode a, JsonNode b) {
    return a.isIntegralNumber() && b.isIntegralNumber()
        ? a.bigIntegerValue().equals(b.bigIntegerValue())
        : a.equals(b);
  }

  /** The same with the members of all objects in the order of their names; a tree of its own. */
  public static JsonNode sorted(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        object.forEachEntry((key, value) -> members.put(key, sorted(value)));
        ObjectNode result = MAPPER.createObjectNode();
        members.forEach(result::set);
        yield result;
      }
      case ArrayNode array -> {
        ArrayNode result = MAPPER.createArrayNode();
        array.forEach(item -> result.add(sorted(item)));
        yield result;
      }
      default -> node;
    };
  }

  /** The canonical bytes of a whole object. The tree is not changed. */
  public static byte[] canonical(ObjectNode object) {
    ObjectNode ordered = MAPPER.createObjectNode();
    for (String first : new String[] {"apiVersion", "kind", "metadata"}) {
      JsonNode value = object.get(first);
      if (value != null) {
        ordered.set(first, managedFieldsLast(value));
      }
    }
    object.properties().forEach(e -> ordered.putIfAbsent(e.getKey(), e.getValue()));
    return MAPPER.writeValueAsBytes(ordered);
  }

  private static JsonNode managedFieldsLast(JsonNode value) {
    JsonNode managed = value.get(MANAGED_FIELDS);
    if (managed == null) {
      return value;
    }
    ObjectNode ordered = MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (!member.getKey().equals(MANAGED_FIELDS)) {
        ordered.set(member.getKey(), member.getValue());
      }
    }
    return ordered.set(MANAGED_FIELDS, managed);
  }
}

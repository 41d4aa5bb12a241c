package dev.argosy.server.cel.value;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as JSON trees of their own. */
public final class ToJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ToJson() {}

  /** A new tree; empty if JSON has no form for something in the value. */
  public static Optional<JsonNode> of(Object value) {
    return switch (value) {
      case JsonMap map -> Optional.of(map.tree().deepCopy());
      case JsonList list -> Optional.of(list.tree().deepCopy());
      case NullValue none -> Optional.of(NODES.nullNode());
      case Boolean bool -> Optional.of(NODES.booleanNode(bool));
      case Long number -> Optional.of(NODES.numberNode(number));
      case UnsignedLong number -> Optional.of(NODES.numberNode(number.bigIntegerValue()));
      case Double number -> Optional.of(NODES.numberNode(number));
      case String text -> Optional.of(NODES.stringNode(text));
      case CelByteString bytes ->
          Optional.of(NODES.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray())));
      case Instant time -> Optional.of(NODES.stringNode(time.toString()));
      case Duration span -> Optional.of(NODES.stringNode(Times.write(span)));
      case ObjectValue object -> object(object.fields());
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> object(Map<?, ?> map) {
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Optional<JsonNode> value = of(Objects.requireNonNull(entry.getValue()));
      if (value.isEmpty() || !(entry.getKey() instanceof String name)) {
        return Optional.empty();
      }
      object.set(name, value.get());
    }
    return Optional.of(object);
  }

  private static Optional<JsonNode> array(List<?> list) {
    ArrayNode array = NODES.arrayNode();
    for (Object item : list) {
      Optional<JsonNode> value = of(Objects.requireNonNull(item));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      array.add(value.get());
    }
    return Optional.of(array);
  }
}

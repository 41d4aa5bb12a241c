package dev.argosy.model.schema.field;

import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk through a tree with its type: removes unknown fields, nulls and empty values that mean
 * nothing, brings quantities into canonical form, and refuses values of the wrong JSON type. What
 * is left is what a typed server would have kept.
 */
public final class Pruner {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<String> removed = new ArrayList<>();

  private Pruner() {}

  /**
   * Prunes in place.
   *
   * @return the paths of unknown fields that were removed, in document order
   * @throws WrongTypeException if a value has the wrong JSON type
   */
  public static List<String> prune(StructType type, ObjectNode object) {
    Pruner pruner = new Pruner();
    pruner.object(type, object, Path.ROOT);
    return pruner.removed;
  }

  private void object(StructType type, ObjectNode object, Path path) {
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      Field field = type.field(entry.getKey());
      if (field == null) {
        removed.add(path.child(entry.getKey()).toString());
        entries.remove();
        continue;
      }
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        entries.remove();
        continue;
      }
      JsonNode checked = value(field.type(), value, new Place(type, field, path));
      if (field.omitZero() && isZero(checked)) {
        entries.remove();
      } else if (checked != value) {
        entry.setValue(checked);
      }
    }
  }

  private static boolean isZero(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.stringValue().isEmpty();
      case ARRAY, OBJECT -> value.isEmpty();
      case BOOLEAN -> !value.booleanValue();
      case NUMBER -> value.isIntegralNumber() ? value.longValue() == 0 : value.doubleValue() == 0;
      default -> false;
    };
  }

  private JsonNode value(FieldType type, JsonNode value, Place place) {
    return switch (type) {
      case Struct struct -> {
        if (!(value instanceof ObjectNode object)) {
          throw place.wrong(value, type);
        }
        object(struct.struct(), object, place.path());
        yield value;
      }
      case ListOf list -> {
        if (!(value instanceof ArrayNode array)) {
          throw place.wrong(value, type);
        }
        elements(list.item(), array, place);
        yield value;
      }
      case MapOf map -> {
        if (!(value instanceof ObjectNode object)) {
          throw place.wrong(value, type);
        }
        members(map.value(), object, place);
        yield value;
      }
      case Scalar scalar -> Scalars.check(scalar, value, place);
    };
  }

  private void elements(FieldType type, ArrayNode array, Place place) {
    for (int i = 0; i < array.size(); i++) {
      JsonNode element = array.get(i);
      JsonNode checked = element.isNull() ? zero(type) : value(type, element, place.element(i));
      if (checked != element) {
        array.set(i, checked);
      }
    }
  }

  private void members(FieldType type, ObjectNode map, Place place) {
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      JsonNode member = entry.getValue();
      JsonNode checked =
          member.isNull() ? zero(type) : value(type, member, place.member(entry.getKey()));
      if (checked != member) {
        entry.setValue(checked);
      }
    }
  }

  private static JsonNode zero(FieldType type) {
    return switch (type) {
      case Struct struct -> NODES.objectNode();
      case MapOf map -> NODES.objectNode();
      case ListOf list -> NODES.arrayNode();
      case Scalar scalar ->
          switch (scalar) {
            case STRING, BYTES -> NODES.stringNode("");
            case INT32, INT64, DOUBLE, INT_OR_STRING -> NODES.numberNode(0);
            case BOOLEAN -> NODES.booleanNode(false);
            case QUANTITY -> NODES.stringNode("0");
            case TIME, MICRO_TIME, ANY -> NODES.nullNode();
          };
    };
  }

  /** Where a value stands, for messages. The path is made only when someone asks for it. */
  record Place(StructType owner, Field field, Path parent, int index, String key) {

    Place(StructType owner, Field field, Path parent) {
      this(owner, field, parent, -1, "");
    }

    Place element(int element) {
      return new Place(owner, field, path(), element, "");
    }

    Place member(String member) {
      return new Place(owner, field, path(), -1, member);
    }

    Path path() {
      if (index >= 0) {
        return parent.at(index);
      }
      return key.isEmpty() ? parent.child(field.name()) : parent.key(key);
    }

    WrongTypeException wrong(JsonNode value, FieldType expected) {
      return WrongTypeException.of(value, owner, path(), expected);
    }
  }
}

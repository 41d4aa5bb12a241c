package dev.argosy.server.protobuf;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects of a type with every kind of value, as the server would keep them. */
final class RandomObjects {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 9;

  private final Random random;
  private final Set<String> without;

  /**
   * @param without fields to leave out, as {@code GROUP/VERSION.TYPE.FIELD}
   */
  RandomObjects(long seed, Set<String> without) {
    this.random = new Random(seed);
    this.without = without;
  }

  ObjectNode of(StructType type) {
    return object(type, 0);
  }

  private ObjectNode object(StructType type, int depth) {
    ObjectNode object = Json.object();
    for (Field field : type.fields()) {
      boolean wanted = depth < 2 || depth < DEEPEST && random.nextInt(depth) == 0;
      if (wanted && !typeOfWhole(type, field) && !without.contains(type + "." + field.name())) {
        object.set(field.name(), value(field, depth));
      }
    }
    return object;
  }

  /** Messages of whole objects do not say their kind; what stands around them does. */
  private static boolean typeOfWhole(StructType type, Field field) {
    return type.field("metadata") != null
        && (field.name().equals("apiVersion") || field.name().equals("kind"));
  }

  private JsonNode value(Field field, int depth) {
    return switch (field.goType()) {
      case "*JSONSchemaPropsOrBool" -> NODES.booleanNode(random.nextBoolean());
      case "*JSONSchemaPropsOrArray" -> NODES.objectNode().put("type", "string");
      case "JSONSchemaDependencies" ->
          NODES.objectNode().set("a", NODES.arrayNode().add("b").add("c"));
      case "JSONSchemaDefinitions" ->
          NODES.objectNode().set("a", NODES.objectNode().put("type", "object"));
      case "metav1.Duration" ->
          NODES.stringNode(1 + random.nextInt(59) + "." + (1 + random.nextInt(9)) + "s");
      case "*CustomResourceSubresourceStatus" -> NODES.objectNode();
      default -> value(field.type(), depth);
    };
  }

  private JsonNode value(FieldType type, int depth) {
    return switch (type) {
      case Struct struct -> object(struct.struct(), depth + 1);
      case ListOf list -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(2); i < 2; i++) {
          array.add(value(list.item(), depth + 1));
        }
        yield array;
      }
      case MapOf map -> {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(3); i < 3; i++) {
          object.set("key" + random.nextInt(100), value(map.value(), depth + 1));
        }
        yield object;
      }
      case Scalar scalar -> scalar(scalar);
    };
  }

  private JsonNode scalar(Scalar type) {
    return switch (type) {
      case STRING -> NODES.stringNode("text-\u00e4\u20ac" + random.nextInt(1000));
      case INT32 -> NODES.numberNode(random.nextInt(5) - 2);
      case INT64 -> NODES.numberNode(random.nextLong());
      case DOUBLE -> NODES.numberNode((random.nextInt(1000) * 2 + 1) / 8.0);
      case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
      case BYTES -> {
        byte[] bytes = new byte[1 + random.nextInt(5)];
        random.nextBytes(bytes);
        yield NODES.stringNode(Base64.getEncoder().encodeToString(bytes));
      }
      case TIME -> NODES.stringNode(instant().toString());
      case MICRO_TIME ->
          NODES.stringNode(
              instant()
                  .toString()
                  .replace("Z", String.format(Locale.ROOT, ".%06dZ", random.nextInt(1000000))));
      case QUANTITY -> NODES.stringNode(random.nextInt(1000) + "m");
      case INT_OR_STRING ->
          random.nextBoolean() ? NODES.numberNode(random.nextInt(9)) : NODES.stringNode("50%");
      case ANY -> NODES.objectNode().put("any", random.nextInt(9)).set("x", NODES.arrayNode());
    };
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(2_000_000_000));
  }
}

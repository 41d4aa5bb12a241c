package dev.argosy.server.fuzz;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.StructType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values for fields: mostly of the right type, sometimes of no type at all. */
final class RandomValues {

  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private static final List<String> WORDS =
      List.of(
          "",
          "a",
          "b",
          "default",
          "x",
          "app",
          "http",
          "TCP",
          "Always",
          "ClusterIP",
          "None",
          "v1",
          "apps/v1",
          "Pod",
          "*",
          "10.0.0.1",
          "10.0.0.0/8",
          "fe80::1%eth0",
          "::/0",
          "example.com",
          "example.com/thing",
          "a/b/c",
          "100m",
          "1Gi",
          "-1",
          "1e99",
          "9223372036854775808",
          "2024-01-01T00:00:00Z",
          "2024-13-99T99:99:99Z",
          "true",
          "self.x > 1",
          "$(A)",
          "{{.}}",
          "%s%n",
          "../../etc/passwd",
          "/healthz",
          "*/5 * * * *",
          "Europe/Berlin",
          "\u0000",
          "\ud83d\ude00",
          "\u202e\u00e9\u0301",
          "A".repeat(64),
          "a".repeat(254),
          "é".repeat(3000));

  private static final List<Number> NUMBERS =
      List.of(
          0,
          1,
          -1,
          2,
          80,
          65_535,
          65_536,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          0.5,
          1e300);

  private final Dice dice;

  RandomValues(Dice dice) {
    this.dice = dice;
  }

  String word() {
    return dice.of(WORDS);
  }

  /** An object of that type, with some of its fields. */
  ObjectNode struct(StructType type, int depth) {
    ObjectNode object = Json.object();
    for (Field field : type.fields()) {
      if (field.required() ? !dice.oneIn(12) : dice.oneIn(2 + depth)) {
        object.set(field.name(), dice.oneIn(40) ? anything(2) : value(field.type(), depth + 1));
      }
    }
    if (dice.oneIn(30)) {
      object.put(word(), word());
    }
    return object;
  }

  private JsonNode value(FieldType type, int depth) {
    return switch (type) {
      case FieldType.Scalar scalar -> scalar(scalar);
      case FieldType.ListOf list -> list(list, depth);
      case FieldType.MapOf map -> map(map, depth);
      case FieldType.Struct struct -> depth > 9 ? Json.object() : struct(struct.struct(), depth);
    };
  }

  private ArrayNode list(FieldType.ListOf list, int depth) {
    ArrayNode array = MAKE.arrayNode();
    int size = depth > 6 ? 0 : dice.below(3);
    for (int i = 0; i < size; i++) {
      array.add(dice.oneIn(60) ? MAKE.nullNode() : value(list.item(), depth));
    }
    return array;
  }

  private ObjectNode map(FieldType.MapOf map, int depth) {
    ObjectNode object = Json.object();
    int size = depth > 6 ? 0 : dice.below(3);
    for (int i = 0; i < size; i++) {
      object.set(word(), value(map.value(), depth));
    }
    return object;
  }

  private JsonNode scalar(FieldType.Scalar scalar) {
    return switch (scalar) {
      case STRING -> MAKE.stringNode(word());
      case INT32, INT64, DOUBLE -> number();
      case BOOLEAN -> MAKE.booleanNode(dice.oneIn(2));
      case BYTES -> MAKE.stringNode(dice.of("", "YQ==", "no base64!", "YWJj"));
      case TIME, MICRO_TIME ->
          MAKE.stringNode(
              dice.of("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000001Z", "yesterday", ""));
      case QUANTITY ->
          dice.oneIn(4)
              ? number()
              : MAKE.stringNode(dice.of("1", "100m", "1Gi", "-1", "1e30", "x", "0.1n"));
      case INT_OR_STRING ->
          dice.oneIn(2) ? number() : MAKE.stringNode(dice.of("50%", "http", "-1%", "101%", ""));
      case ANY -> anything(3);
    };
  }

  private JsonNode number() {
    return dice.oneIn(3) ? MAKE.numberNode(dice.below(100)) : numberNode(dice.of(NUMBERS));
  }

  private static JsonNode numberNode(Number number) {
    return switch (number) {
      case Integer i -> MAKE.numberNode(i);
      case Long l -> MAKE.numberNode(l);
      default -> MAKE.numberNode(number.doubleValue());
    };
  }

  /** Any JSON. */
  JsonNode anything(int depth) {
    return switch (dice.below(depth > 0 ? 7 : 5)) {
      case 0 -> MAKE.nullNode();
      case 1 -> MAKE.booleanNode(dice.oneIn(2));
      case 2 -> number();
      case 3, 4 -> MAKE.stringNode(word());
      case 5 -> MAKE.arrayNode().add(anything(depth - 1)).add(anything(depth - 1));
      default -> Json.object().set(word(), anything(depth - 1));
    };
  }
}

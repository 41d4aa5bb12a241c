package dev.argosy.agent.csi.door;

import dev.argosy.agent.csi.door.Shape.Choice;
import dev.argosy.agent.csi.door.Shape.Field;
import dev.argosy.agent.csi.door.Shape.Kind;
import dev.argosy.agent.csi.door.Shape.Part;
import dev.argosy.agent.csi.door.Shape.Plain;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.model.object.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees as messages and back. What is wrong is told by its place, never with its value. */
final class JsonMessages {

  private JsonMessages() {}

  /**
   * The message of a tree.
   *
   * @throws IllegalArgumentException if the tree is none of that form
   */
  static MessageBuilder message(Shape shape, JsonNode tree, String at) {
    require(tree.isObject(), at.isEmpty() ? "the body" : at, "an object");
    Set<String> unknown = new HashSet<>(tree.propertyNames());
    shape.fields().forEach(field -> unknown.remove(field.name()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown field " + at + unknown.iterator().next());
    }
    MessageBuilder out = new MessageBuilder();
    for (Field field : shape.fields()) {
      JsonNode value = tree.path(field.name());
      String place = at + field.name();
      if (value.isMissingNode() || value.isNull()) {
        continue;
      }
      if (field.repeated()) {
        require(value.isArray(), place, "a list");
        value.forEach(one -> write(out, field, one, place));
      } else {
        write(out, field, value, place);
      }
    }
    return out;
  }

  private static void write(MessageBuilder out, Field field, JsonNode value, String at) {
    int number = field.number();
    switch (field.kind()) {
      case Plain.TEXT -> {
        require(value.isString(), at, "a text");
        if (field.repeated()) {
          out.texts(number, Set.of(value.asString()));
        } else {
          out.text(number, value.asString());
        }
      }
      case Plain.FLAG -> {
        require(value.isBoolean(), at, "true or false");
        out.flag(number, value.asBoolean());
      }
      case Plain.NUMBER -> out.number(number, whole(value, at));
      case Plain.WRAPPED -> out.wrapped(number, whole(value, at));
      case Plain.MAP -> out.map(number, texts(value, at));
      case Choice(var names) -> {
        int place = value.isString() ? names.indexOf(value.asString()) : -1;
        require(place >= 0, at, "one of " + String.join(", ", names));
        out.number(number, place);
      }
      case Part(Shape shape) -> out.message(number, message(shape, value, at + "."));
    }
  }

  /** Numbers may be texts, as in ProtoJSON. */
  private static long whole(JsonNode value, String at) {
    try {
      require(value.isIntegralNumber() || value.isString(), at, "a whole number");
      long number = value.isString() ? Long.parseLong(value.asString()) : value.asLong();
      require(number >= 0, at, "a whole number, not less than 0");
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(at + " must be a whole number", e);
    }
  }

  private static Map<String, String> texts(JsonNode value, String at) {
    require(
        value.isObject() && value.valueStream().allMatch(JsonNode::isString),
        at,
        "an object of texts");
    return value.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asString()));
  }

  private static void require(boolean holds, String at, String what) {
    if (!holds) {
      throw new IllegalArgumentException(at + " must be " + what);
    }
  }

  /** The tree of a message; fields that have their default are left out. */
  static ObjectNode tree(Shape shape, Message message) {
    ObjectNode tree = Json.object();
    for (Field field : shape.fields()) {
      read(tree, field, message);
    }
    return tree;
  }

  private static void read(ObjectNode tree, Field field, Message message) {
    int number = field.number();
    String name = field.name();
    Kind kind = field.kind();
    switch (kind) {
      case Plain.TEXT -> {
        if (field.repeated()) {
          message.texts(number).forEach(one -> tree.withArray(name).add(one));
        } else if (!message.text(number).isEmpty()) {
          tree.put(name, message.text(number));
        }
      }
      case Plain.FLAG -> {
        if (message.flag(number)) {
          tree.put(name, true);
        }
      }
      case Plain.NUMBER -> {
        if (message.number(number) != 0) {
          tree.put(name, message.number(number));
        }
      }
      case Plain.WRAPPED ->
          message.present(number).ifPresent(value -> tree.put(name, value.number(1)));
      case Plain.MAP -> {
        Map<String, String> map = message.map(number);
        if (!map.isEmpty()) {
          map.forEach(tree.putObject(name)::put);
        }
      }
      case Choice(var names) -> {
        long place = message.number(number);
        if (place > 0 && place < names.size()) {
          tree.put(name, names.get((int) place));
        }
      }
      case Part(Shape shape) -> parts(tree, field, shape, message);
    }
  }

  private static void parts(ObjectNode tree, Field field, Shape shape, Message message) {
    if (!field.repeated()) {
      message.present(field.number()).ifPresent(part -> tree.set(field.name(), tree(shape, part)));
      return;
    }
    if (!message.messages(field.number()).isEmpty()) {
      ArrayNode list = tree.putArray(field.name());
      message.messages(field.number()).forEach(part -> list.add(tree(shape, part)));
    }
  }
}

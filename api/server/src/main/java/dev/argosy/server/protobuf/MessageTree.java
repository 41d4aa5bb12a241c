package dev.argosy.server.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns messages into trees, led by the types of the field table: what a type spreads into its
 * parent in JSON is a message of its own in protobuf.
 */
record MessageTree(FieldTable fields, FieldNames names) {

  private static final String SCHEMA = "JSONSchemaProps";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Adds the fields of a message to an object. */
  void into(ObjectNode object, Message message, StructType type) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor descriptor = entry.getKey();
      Field field = names.field(type, descriptor);
      if (field != null) {
        JsonNode value = value(field.type(), descriptor, entry.getValue());
        if (!value.isNull()) {
          object.set(field.name(), value);
        }
      } else if (entry.getValue() instanceof Message inlined
          && names.inlines(type, inlined.getDescriptorForType())) {
        into(object, inlined, type);
      }
    }
  }

  private JsonNode value(FieldType type, FieldDescriptor descriptor, Object value) {
    if (descriptor.isMapField()) {
      return map(type, (List<?>) value);
    }
    if (descriptor.isRepeated()) {
      FieldType item = type instanceof ListOf list ? list.item() : Scalar.ANY;
      ArrayNode array = NODES.arrayNode();
      ((List<?>) value).forEach(element -> array.add(single(item, element)));
      return array;
    }
    return single(type, value);
  }

  private JsonNode map(FieldType type, List<?> entries) {
    FieldType member = type instanceof MapOf map ? map.value() : Scalar.ANY;
    ObjectNode object = NODES.objectNode();
    for (Object entry : entries) {
      Message pair = (Message) entry;
      FieldDescriptor key = pair.getDescriptorForType().findFieldByNumber(1);
      FieldDescriptor value = pair.getDescriptorForType().findFieldByNumber(2);
      object.set(String.valueOf(pair.getField(key)), single(member, pair.getField(value)));
    }
    return object;
  }

  private JsonNode single(FieldType type, Object value) {
    return switch (value) {
      case Message message -> message(type, message);
      case String text -> NODES.stringNode(text);
      case Integer number -> NODES.numberNode(number);
      case Long number -> WellKnown.node(number);
      case Boolean truth -> NODES.booleanNode(truth);
      case Double number -> WellKnown.node(number.doubleValue());
      case Float number -> NODES.numberNode(number);
      case ByteString bytes ->
          NODES.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
      case EnumValueDescriptor named -> NODES.stringNode(named.getName());
      default -> NODES.nullNode();
    };
  }

  private JsonNode message(FieldType type, Message message) {
    return switch (type) {
      case Struct struct -> {
        ObjectNode object = Json.object();
        into(object, message, struct.struct());
        yield object;
      }
      case ListOf list -> items(list, message);
      case MapOf map -> items(map, message);
      case Scalar scalar ->
          scalar == Scalar.ANY && message.getDescriptorForType().getName().startsWith(SCHEMA)
              ? schema(message)
              : WellKnown.value(scalar, message);
    };
  }

  /** A schema, or one of the messages that hold a schema or something else. */
  private JsonNode schema(Message message) {
    if (message.getDescriptorForType().getName().equals(SCHEMA)) {
      ObjectNode object = Json.object();
      fields.find("apiextensions.k8s.io/v1", SCHEMA).ifPresent(type -> into(object, message, type));
      return object;
    }
    JsonNode other = NODES.nullNode();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      if (entry.getValue() instanceof Message held) {
        return schema(held);
      }
      other = value(Scalar.ANY, entry.getKey(), entry.getValue());
    }
    return other;
  }

  /** A list or map that protobuf wraps into a message with one field. */
  private JsonNode items(FieldType type, Message wrapper) {
    for (Map.Entry<FieldDescriptor, Object> entry : wrapper.getAllFields().entrySet()) {
      return value(type, entry.getKey(), entry.getValue());
    }
    return type instanceof MapOf ? NODES.objectNode() : NODES.arrayNode();
  }
}

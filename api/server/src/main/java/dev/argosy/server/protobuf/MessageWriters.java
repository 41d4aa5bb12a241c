package dev.argosy.server.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes writers of the types of the field table, with the numbers of the messages' descriptors.
 * Types refer to each other and to themselves, so all writers are made under one lock.
 */
final class MessageWriters {

  private static final String SCHEMA = "JSONSchemaProps";

  private record Pair(Descriptor message, StructType type) {}

  private final FieldTable fields;
  private final FieldNames names;
  private final Map<Pair, MessageWriter> made = new HashMap<>();

  MessageWriters(FieldTable fields) {
    this.fields = fields;
    this.names = new FieldNames(fields);
  }

  synchronized MessageWriter of(Descriptor message, StructType type) {
    Pair pair = new Pair(message, type);
    MessageWriter known = made.get(pair);
    if (known != null) {
      return known;
    }
    MessageWriter writer = new MessageWriter();
    made.put(pair, writer);
    List<FieldDescriptor> byNumber =
        message.getFields().stream()
            .sorted(Comparator.comparingInt(FieldDescriptor::getNumber))
            .toList();
    byNumber.forEach(descriptor -> add(writer, descriptor, type));
    return writer;
  }

  private void add(MessageWriter writer, FieldDescriptor descriptor, StructType type) {
    Field field = names.field(type, descriptor);
    if (field != null) {
      writer.member(field.name(), descriptor.getNumber(), writer(descriptor, field.type()));
    } else if (descriptor.getJavaType() == JavaType.MESSAGE
        && names.inlines(type, descriptor.getMessageType())) {
      writer.inlined(descriptor.getNumber(), of(descriptor.getMessageType(), type));
    }
  }

  private ValueWriter writer(FieldDescriptor descriptor, FieldType type) {
    if (descriptor.isMapField()) {
      FieldDescriptor value = descriptor.getMessageType().findFieldByNumber(2);
      return ValueWriters.map(single(value, type instanceof MapOf map ? map.value() : Scalar.ANY));
    }
    if (descriptor.isRepeated()) {
      return ValueWriters.list(
          single(descriptor, type instanceof ListOf list ? list.item() : Scalar.ANY));
    }
    return single(descriptor, type);
  }

  private ValueWriter single(FieldDescriptor descriptor, FieldType type) {
    if (descriptor.getJavaType() != JavaType.MESSAGE) {
      return ValueWriters.primitive(descriptor);
    }
    Descriptor message = descriptor.getMessageType();
    return switch (type) {
      case Struct struct -> of(message, struct.struct())::message;
      case ListOf list -> wrapped(message, list);
      case MapOf map -> wrapped(message, map);
      case Scalar scalar -> wellKnown(message);
    };
  }

  private ValueWriter wrapped(Descriptor message, FieldType type) {
    FieldDescriptor only = message.getFields().getFirst();
    return ValueWriters.wrapped(only.getNumber(), writer(only, type));
  }

  private ValueWriter wellKnown(Descriptor message) {
    if (message.getName().equals(SCHEMA)) {
      return schema(message);
    }
    Optional<Descriptor> schema =
        Optional.ofNullable(message.getFile().findMessageTypeByName(SCHEMA));
    ValueWriter ofSchemas = schema.map(this::schema).orElse(MessageWriters::empty);
    return WellKnownWriters.of(message.getName(), ofSchemas).orElse(MessageWriters::empty);
  }

  private ValueWriter schema(Descriptor message) {
    return fields
        .find("apiextensions.k8s.io/v1", SCHEMA)
        .<ValueWriter>map(type -> of(message, type)::message)
        .orElse(MessageWriters::empty);
  }

  private static void empty(int number, tools.jackson.databind.JsonNode value, BackwardBuffer out) {
    out.close(number, out.size());
  }
}

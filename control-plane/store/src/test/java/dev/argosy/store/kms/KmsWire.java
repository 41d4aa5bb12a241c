package dev.argosy.store.kms;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Map;

/** The messages of KMS v2 as protobuf's own code reads and writes them, from their description. */
final class KmsWire {

  private final FileDescriptor file;

  KmsWire() {
    try {
      file = FileDescriptor.buildFrom(description(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static FileDescriptorProto description() {
    return FileDescriptorProto.newBuilder()
        .setName("kms.proto")
        .setPackage("v2")
        .setSyntax("proto3")
        .addMessageType(message("StatusResponse", "version", "healthz", "key_id"))
        .addMessageType(message("DecryptRequest", "!ciphertext", "uid", "key_id", "%annotations"))
        .addMessageType(message("DecryptResponse", "!plaintext"))
        .addMessageType(message("EncryptRequest", "!plaintext", "uid"))
        .addMessageType(message("EncryptResponse", "!ciphertext", "key_id", "%annotations"))
        .build();
  }

  /** Fields in the order of their numbers: text, or {@code !} bytes, or {@code %} a map. */
  private static DescriptorProto message(String name, String... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (String field : fields) {
      int number = message.getFieldCount() + 1;
      if (field.startsWith("%")) {
        message.addNestedType(
            message("AnnotationsEntry", "key", "!value").toBuilder()
                .setOptions(MessageOptions.newBuilder().setMapEntry(true)));
        message.addField(
            field(field.substring(1), number, Type.TYPE_MESSAGE)
                .setLabel(Label.LABEL_REPEATED)
                .setTypeName(".v2." + name + ".AnnotationsEntry"));
      } else {
        boolean bytes = field.startsWith("!");
        message.addField(
            field(
                bytes ? field.substring(1) : field,
                number,
                bytes ? Type.TYPE_BYTES : Type.TYPE_STRING));
      }
    }
    return message.build();
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  Message read(String type, byte[] bytes) {
    try {
      return new Message(DynamicMessage.parseFrom(file.findMessageTypeByName(type), bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  byte[] write(String type, Map<String, Object> fields) {
    var descriptor = file.findMessageTypeByName(type);
    DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor);
    fields.forEach((name, value) -> message.setField(descriptor.findFieldByName(name), value));
    return message.build().toByteArray();
  }

  /** With annotations, in the field of that name. */
  byte[] write(String type, Map<String, Object> fields, Map<String, byte[]> annotations) {
    var descriptor = file.findMessageTypeByName(type);
    var field = descriptor.findFieldByName("annotations");
    DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor);
    fields.forEach((name, value) -> message.setField(descriptor.findFieldByName(name), value));
    var entry = field.getMessageType();
    annotations.forEach((name, value) ->
        message.addRepeatedField(
            field,
            DynamicMessage.newBuilder(entry)
                .setField(entry.findFieldByName("key"), name)
                .setField(entry.findFieldByName("value"), ByteString.copyFrom(value))
                .build()));
    return message.build().toByteArray();
  }

  record Message(DynamicMessage message) {

    private Object field(String name) {
      return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    String text(String name) {
      return (String) field(name);
    }

    byte[] bytes(String name) {
      return ((ByteString) field(name)).toByteArray();
    }

    Map<String, byte[]> map(String name) {
      Map<String, byte[]> all = new HashMap<>();
      for (Object entry : (Iterable<?>) field(name)) {
        Message each = new Message((DynamicMessage) entry);
        all.put(each.text("key"), each.bytes("value"));
      }
      return all;
    }
  }
}

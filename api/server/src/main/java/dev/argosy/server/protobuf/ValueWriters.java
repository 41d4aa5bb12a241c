package dev.argosy.server.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writers of single values, of lists and of maps. */
final class ValueWriters {

  private ValueWriters() {}

  /** A value that is no message. */
  static ValueWriter primitive(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG -> (number, value, out) -> out.field(number, value.asLong(0));
      case BOOLEAN -> (number, value, out) -> out.field(number, value.asBoolean(false) ? 1 : 0);
      case BYTE_STRING -> (number, value, out) -> out.field(number, decoded(value));
      case DOUBLE, FLOAT ->
          (number, value, out) -> {
            out.fixed64(Double.doubleToLongBits(value.asDouble(0)));
            out.tag(number, BackwardBuffer.FIXED64);
          };
      default -> (number, value, out) -> out.field(number, value.asString(""));
    };
  }

  private static byte[] decoded(JsonNode value) {
    return value.isString() ? value.binaryValue() : new byte[0];
  }

  static ValueWriter list(ValueWriter item) {
    return (number, value, out) -> {
      for (int i = value.size() - 1; i >= 0; i--) {
        item.write(number, value.get(i), out);
      }
    };
  }

  /** Entries are messages of key (1) and value (2). */
  static ValueWriter map(ValueWriter member) {
    return (number, value, out) -> {
      List<String> keys = new ArrayList<>(value.propertyNames());
      Collections.sort(keys, Collections.reverseOrder());
      for (String key : keys) {
        int before = out.size();
        JsonNode entry = value.get(key);
        if (!entry.isNull()) {
          member.write(2, entry, out);
        }
        out.field(1, key);
        out.close(number, before);
      }
    };
  }

  /** A list or map that is the only field of a message. */
  static ValueWriter wrapped(int only, ValueWriter content) {
    return (number, value, out) -> {
      int before = out.size();
      content.write(only, value, out);
      out.close(number, before);
    };
  }
}

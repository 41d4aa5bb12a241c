package dev.argosy.server.protobuf;

import dev.argosy.model.object.Json;
import dev.argosy.model.time.GoDuration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Writers of messages that are plain values, or any JSON, in JSON; by the message's name. */
final class WellKnownWriters {

  private static final int RAW = 1;

  private WellKnownWriters() {}

  /**
   * A writer.
   *
   * @param schema writes {@code JSONSchemaProps}, for those who hold such or something else
   */
  static Optional<ValueWriter> of(String message, ValueWriter schema) {
    return Optional.ofNullable(
        switch (message) {
          case "Quantity" -> WellKnownWriters::quantity;
          case "IntOrString" -> WellKnownWriters::intOrString;
          case "Time" -> (number, value, out) -> time(number, value, false, out);
          case "MicroTime" -> (number, value, out) -> time(number, value, true, out);
          case "Duration" -> WellKnownWriters::duration;
          case "FieldsV1", "RawExtension", "JSON" -> WellKnownWriters::raw;
          case "JSONSchemaPropsOrBool" -> orBoolean(schema);
          case "JSONSchemaPropsOrArray", "JSONSchemaPropsOrStringArray" -> orArray(schema);
          default -> null;
        });
  }

  private static void quantity(int number, JsonNode value, BackwardBuffer out) {
    int before = out.size();
    out.field(1, value.asString(""));
    out.close(number, before);
  }

  /** Type 0 is a number, 1 is text; Kubernetes writes all three fields. */
  private static void intOrString(int number, JsonNode value, BackwardBuffer out) {
    int before = out.size();
    boolean text = value.isString();
    out.field(3, text ? value.stringValue() : "");
    out.field(2, text ? 0 : value.asLong(0));
    out.field(1, text ? 1 : 0);
    out.close(number, before);
  }

  private static void time(int number, JsonNode value, boolean micros, BackwardBuffer out) {
    int before = out.size();
    try {
      Instant instant = OffsetDateTime.parse(value.asString("")).toInstant();
      out.field(2, micros ? instant.getNano() / 1000 * 1000 : 0);
      out.field(1, instant.getEpochSecond());
    } catch (DateTimeException e) {
      // no time: an empty message, which readers take for none
    }
    out.close(number, before);
  }

  private static void duration(int number, JsonNode value, BackwardBuffer out) {
    int before = out.size();
    try {
      out.field(1, GoDuration.parse(value.asString("")).toNanos());
    } catch (IllegalArgumentException e) {
      // no length of time: an empty message, which readers take for none
    }
    out.close(number, before);
  }

  private static void raw(int number, JsonNode value, BackwardBuffer out) {
    int before = out.size();
    out.field(RAW, Json.mapper().writeValueAsBytes(value));
    out.close(number, before);
  }

  private static ValueWriter orBoolean(ValueWriter schema) {
    return (number, value, out) -> {
      int before = out.size();
      if (value.isObject()) {
        schema.write(2, value, out);
      }
      out.field(1, value.isObject() || value.asBoolean(false) ? 1 : 0);
      out.close(number, before);
    };
  }

  private static ValueWriter orArray(ValueWriter schema) {
    return (number, value, out) -> {
      int before = out.size();
      if (value.isObject()) {
        schema.write(1, value, out);
      }
      for (int i = value.isArray() ? value.size() - 1 : -1; i >= 0; i--) {
        if (value.get(i).isString()) {
          out.field(2, value.get(i).stringValue());
        } else {
          schema.write(2, value.get(i), out);
        }
      }
      out.close(number, before);
    };
  }
}

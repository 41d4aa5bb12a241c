package dev.argosy.server.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.time.GoDuration;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Messages that are plain values in JSON: quantities, times, lengths of time, raw JSON. */
final class WellKnown {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private WellKnown() {}

  static JsonNode value(Scalar type, Message message) {
    return switch (type) {
      case QUANTITY -> {
        String text = text(message, "string");
        yield NODES.stringNode(text.isEmpty() ? "0" : text);
      }
      case INT_OR_STRING ->
          number(message, "type") == 0
              ? NODES.numberNode((int) number(message, "intVal"))
              : NODES.stringNode(text(message, "strVal"));
      case TIME, MICRO_TIME -> time(type, message);
      case STRING ->
          NODES.stringNode(GoDuration.text(Duration.ofNanos(number(message, "duration"))));
      case ANY -> raw(message);
      default -> NODES.nullNode();
    };
  }

  private static JsonNode time(Scalar type, Message message) {
    long seconds = number(message, "seconds");
    long nanos = number(message, "nanos");
    if (message.getAllFields().isEmpty()) {
      return NODES.nullNode();
    }
    try {
      Instant instant = Instant.ofEpochSecond(seconds, nanos);
      return NODES.stringNode(
          type == Scalar.TIME
              ? instant.truncatedTo(ChronoUnit.SECONDS).toString()
              : micros(instant));
    } catch (DateTimeException | ArithmeticException e) {
      return NODES.nullNode();
    }
  }

  private static String micros(Instant instant) {
    String seconds = instant.truncatedTo(ChronoUnit.SECONDS).toString();
    return seconds.replace("Z", String.format(Locale.ROOT, ".%06dZ", instant.getNano() / 1000));
  }

  private static JsonNode raw(Message message) {
    if (message.getDescriptorForType().getFields().isEmpty()) {
      return NODES.objectNode();
    }
    for (Object value : message.getAllFields().values()) {
      if (value instanceof ByteString bytes && !bytes.isEmpty()) {
        return Json.mapper().readTree(bytes.toByteArray());
      }
    }
    return NODES.nullNode();
  }

  /** As a JSON reader would have made it: small numbers are ints. */
  static JsonNode node(long number) {
    return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
  }

  /** The same: a whole number has no point. */
  static JsonNode node(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
    return whole ? node((long) number) : NODES.numberNode(number);
  }

  private static String text(Message message, String field) {
    FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName(field);
    return descriptor == null ? "" : String.valueOf(message.getField(descriptor));
  }

  private static long number(Message message, String field) {
    FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName(field);
    return descriptor != null && message.getField(descriptor) instanceof Number number
        ? number.longValue()
        : 0;
  }
}

package dev.argosy.model.schema.field;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.Pruner.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks single values and brings them into the form that a typed server writes. */
final class Scalars {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Scalars() {}

  static JsonNode check(Scalar type, JsonNode value, Place place) {
    return switch (type) {
      case ANY -> value;
      case STRING -> {
        if (!value.isString()) {
          throw place.wrong(value, type);
        }
        yield value;
      }
      case BOOLEAN -> {
        if (!value.isBoolean()) {
          throw place.wrong(value, type);
        }
        yield value;
      }
      case INT32, INT64 -> integer(type, value, place);
      case DOUBLE -> {
        if (!value.isNumber()) {
          throw place.wrong(value, type);
        }
        yield value;
      }
      case INT_OR_STRING -> value.isString() ? value : integer(Scalar.INT32, value, place);
      case QUANTITY -> quantity(value);
      case BYTES -> bytes(value, place);
      case TIME, MICRO_TIME -> time(type, value, place);
    };
  }

  private static JsonNode integer(Scalar type, JsonNode value, Place place) {
    boolean fits =
        value.isIntegralNumber()
            && (type == Scalar.INT32 ? value.canConvertToInt() : value.canConvertToLong());
    if (fits) {
      return value;
    }
    if (value.isNumber() && !value.isIntegralNumber()) {
      long whole = value.canConvertToLong() ? value.decimalValue().longValue() : 0;
      boolean integral =
          value.canConvertToLong()
              && value.decimalValue().compareTo(java.math.BigDecimal.valueOf(whole)) == 0;
      if (integral && (type == Scalar.INT64 || whole == (int) whole)) {
        return whole == (int) whole ? NODES.numberNode((int) whole) : NODES.numberNode(whole);
      }
    }
    throw place.wrong(value, type);
  }

  private static JsonNode quantity(JsonNode value) {
    if (!value.isString() && !value.isNumber()) {
      throw new WrongTypeException(notAQuantity());
    }
    String text = value.isString() ? value.stringValue() : value.asString();
    try {
      String canonical = Quantity.canonical(text.strip());
      return value.isString() && canonical.equals(text) ? value : NODES.stringNode(canonical);
    } catch (QuantityFormatException e) {
      throw new WrongTypeException(String.valueOf(e.getMessage()));
    }
  }

  private static String notAQuantity() {
    try {
      Quantity.parse("");
      return "";
    } catch (QuantityFormatException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static JsonNode bytes(JsonNode value, Place place) {
    if (!value.isString()) {
      throw place.wrong(value, Scalar.BYTES);
    }
    String text = value.stringValue();
    boolean breaks = text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    String plain = breaks ? text.replace("\n", "").replace("\r", "") : text;
    int wrong = Base64Form.firstWrong(plain);
    if (wrong >= 0) {
      throw new WrongTypeException("illegal base64 data at input byte " + wrong);
    }
    return breaks
        ? NODES.stringNode(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(plain)))
        : value;
  }

  private static JsonNode time(Scalar type, JsonNode value, Place place) {
    if (!value.isString()) {
      throw place.wrong(value, Scalar.STRING);
    }
    String text = value.stringValue();
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      String written =
          type == Scalar.TIME
              ? instant.truncatedTo(ChronoUnit.SECONDS).toString()
              : MicroTimes.write(instant);
      return written.equals(text) ? value : NODES.stringNode(written);
    } catch (DateTimeException e) {
      String layout =
          type == Scalar.TIME ? "2006-01-02T15:04:05Z07:00" : "2006-01-02T15:04:05.000000Z07:00";
      throw new WrongTypeException(
          "parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + text + "\"");
    }
  }
}

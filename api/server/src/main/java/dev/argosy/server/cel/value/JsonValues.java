package dev.argosy.server.cel.value;

import dev.argosy.server.cel.Shape;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees as values. Objects and arrays become views; scalars are converted when read. */
public final class JsonValues {

  private static final Shape.ListOf DYN_LIST = new Shape.ListOf(Shape.DYN, Shape.UNBOUNDED);
  private static final Shape.MapOf DYN_MAP = new Shape.MapOf(Shape.DYN, Shape.UNBOUNDED);

  private JsonValues() {}

  /**
   * The value of a tree. Where the tree does not fit its shape, which validation should have
   * refused, the JSON's own type wins.
   */
  public static Object of(@Nullable JsonNode tree, Shape shape) {
    return switch (tree) {
      case null -> NullValue.NULL_VALUE;
      case ObjectNode object ->
          new JsonMap(
              object,
              shape instanceof Shape.ObjectOf || shape instanceof Shape.MapOf ? shape : DYN_MAP);
      case ArrayNode array ->
          new JsonList(array, shape instanceof Shape.ListOf list ? list : DYN_LIST);
      default ->
          scalar(tree, shape instanceof Shape.Scalar scalar ? scalar.kind() : Shape.Kind.DYN);
    };
  }

  private static Object scalar(JsonNode node, Shape.Kind kind) {
    if (node.isNull() || node.isMissingNode()) {
      return NullValue.NULL_VALUE;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isString()) {
      return text(node.stringValue(), kind);
    }
    if (node.isIntegralNumber() && kind != Shape.Kind.DOUBLE && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.isNumber() ? (Object) node.doubleValue() : node.asString();
  }

  private static Object text(String text, Shape.Kind kind) {
    try {
      return switch (kind) {
        case BYTES -> CelByteString.of(Base64.getDecoder().decode(text));
        case DATE -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        case TIMESTAMP -> Times.parseTimestamp(text);
        case DURATION -> Times.parseDuration(text);
        case DYN, BOOL, INT, DOUBLE, STRING, INT_OR_STRING -> text;
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return text;
    }
  }
}

package dev.argosy.model.schema.field;

import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import tools.jackson.databind.JsonNode;

/** A value does not fit its field; the message is worded as the API words it. */
public final class WrongTypeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongTypeException(String message) {
    super(message, null, false, false);
  }

  static WrongTypeException of(JsonNode value, StructType owner, Path path, FieldType expected) {
    return new WrongTypeException(
        "json: cannot unmarshal "
            + jsonKind(value)
            + " into Go struct field "
            + owner.name()
            + "."
            + path.withoutIndexes()
            + " of type "
            + goName(expected));
  }

  private static String jsonKind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case NUMBER ->
          value.isIntegralNumber() && value.canConvertToInt()
              ? "number"
              : "number " + value.asString();
      default -> "null";
    };
  }

  private static String goName(FieldType type) {
    return switch (type) {
      case Scalar scalar -> scalar == Scalar.INT_OR_STRING ? "int32" : scalar.goName();
      case ListOf list -> "[]" + goName(list.item());
      case MapOf map -> "map[string]" + goName(map.value());
      case Struct struct -> "v1." + struct.struct().name();
    };
  }
}

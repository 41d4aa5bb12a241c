package dev.argosy.server.cel;

import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.StructType;
import java.util.LinkedHashSet;
import java.util.Set;

/** The shapes of built-in kinds, from the table of their fields. */
public final class BuiltinShapes {

  private BuiltinShapes() {}

  public static Shape of(StructType struct) {
    return new Shape.ObjectOf(
        struct.toString(),
        () -> names(struct),
        name -> {
          Field field = struct.field(name);
          return field == null ? null : of(field.type());
        });
  }

  private static Set<String> names(StructType struct) {
    Set<String> names = new LinkedHashSet<>();
    struct.fields().forEach(field -> names.add(field.name()));
    return names;
  }

  private static Shape of(FieldType type) {
    return switch (type) {
      case FieldType.Struct(StructType struct) -> of(struct);
      case FieldType.ListOf(FieldType item) -> new Shape.ListOf(of(item), Shape.UNBOUNDED);
      case FieldType.MapOf(FieldType value) -> new Shape.MapOf(of(value), Shape.UNBOUNDED);
      case FieldType.Scalar scalar -> scalar(scalar);
    };
  }

  private static Shape scalar(FieldType.Scalar scalar) {
    return switch (scalar) {
      case STRING -> Shape.STRING;
      case INT32, INT64 -> Shape.INT;
      case DOUBLE -> Shape.DOUBLE;
      case BOOLEAN -> Shape.BOOL;
      case BYTES -> new Shape.Scalar(Shape.Kind.BYTES, Shape.UNBOUNDED);
      case TIME, MICRO_TIME -> new Shape.Scalar(Shape.Kind.TIMESTAMP, Shape.UNBOUNDED);
      case QUANTITY, INT_OR_STRING -> new Shape.Scalar(Shape.Kind.INT_OR_STRING, Shape.UNBOUNDED);
      case ANY -> Shape.DYN;
    };
  }
}

package dev.argosy.server.cel.value;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be asked of every value. */
public final class Values {

  private Values() {}

  /** Characters, bytes, items or entries; 1 for what has no size. */
  public static long size(Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case CelByteString bytes -> bytes.size();
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> 1;
    };
  }

  /** What {@code type(value)} is. */
  public static TypeName type(Object value) {
    return new TypeName(
        switch (value) {
          case NullValue none -> "null_type";
          case Boolean bool -> "bool";
          case Long number -> "int";
          case UnsignedLong number -> "uint";
          case Double number -> "double";
          case String text -> "string";
          case CelByteString bytes -> "bytes";
          case Instant time -> "google.protobuf.Timestamp";
          case Duration time -> "google.protobuf.Duration";
          case List<?> list -> "list";
          case ObjectValue object -> object.typeName();
          case JsonMap map -> map.typeName();
          case Map<?, ?> map -> "map";
          case Optional<?> optional -> "optional_type";
          case TypeName type -> "type";
          case Opaque opaque -> opaque.typeName();
          default -> "dyn";
        });
  }
}

package dev.argosy.server.cel.value;

import com.google.common.primitives.UnsignedLong;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.Shape.ListKind;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When two values are equal. Numbers are by value, whatever their type; values of different types
 * are never equal. Lists that are sets or maps disregard order.
 */
public final class Equality {

  private Equality() {}

  public static boolean equal(Object left, Object right) {
    if (left instanceof Number && right instanceof Number) {
      return Numbers.sameType(left, right)
          ? left.equals(right) || (left instanceof Double d && d == (double) right)
          : Numbers.compare(left, right) == Numbers.EQUAL;
    }
    return switch (left) {
      case List<?> list -> right instanceof List<?> other && equalLists(list, other);
      case ObjectValue object ->
          right instanceof ObjectValue other
              && object.typeName().equals(other.typeName())
              && equalMaps(object.fields(), other.fields());
      case Map<?, ?> map -> right instanceof Map<?, ?> other && equalMaps(map, other);
      case Optional<?> optional ->
          right instanceof Optional<?> other
              && optional.isPresent() == other.isPresent()
              && (optional.isEmpty() || equal(optional.get(), other.orElseThrow()));
      default -> left.equals(right);
    };
  }

  private static boolean equalLists(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Shape.ListOf shape = shape(left, right);
    if (shape != null && shape.kind() != ListKind.ATOMIC) {
      return new KeyedLists(shape).sameEntries(left, right);
    }
    Iterator<?> others = right.iterator();
    for (Object item : left) {
      if (!equal(item, Objects.requireNonNull(others.next()))) {
        return false;
      }
    }
    return true;
  }

  private static Shape.@Nullable ListOf shape(List<?> left, List<?> right) {
    if (left instanceof JsonList list) {
      return list.shape();
    }
    return right instanceof JsonList list ? list.shape() : null;
  }

  private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      Object other = find(right, Objects.requireNonNull(entry.getKey()));
      if (other == null || !equal(Objects.requireNonNull(entry.getValue()), other)) {
        return false;
      }
    }
    return true;
  }

  /** The value of an equal key: {@code 1}, {@code 1u} and {@code 1.0} are one key. */
  public static @Nullable Object find(Map<?, ?> map, Object key) {
    Object value = map.get(key);
    if (value != null || !(key instanceof Number) || map instanceof JsonMap) {
      return value;
    }
    for (Object other : Numbers.sameNumbers(key)) {
      value = map.get(other);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Whether the list has an equal item. */
  public static boolean contains(List<?> list, Object wanted) {
    for (Object item : list) {
      if (equal(Objects.requireNonNull(item), wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value can be a map's key. */
  public static boolean isKey(Object value) {
    return value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof UnsignedLong;
  }
}

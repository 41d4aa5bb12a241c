package dev.argosy.server.cel.value;

import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.Shape.ListKind;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lists whose order means nothing: sets, and maps written as lists. Entries with the same key are
 * found through a hash of scalar keys.
 */
public final class KeyedLists {

  private final Shape.ListOf shape;

  public KeyedLists(Shape.ListOf shape) {
    this.shape = shape;
  }

  boolean sameEntries(List<?> left, List<?> right) {
    Map<Object, Object> entries = byKey(right);
    for (Object item : left) {
      Object other = entries.get(key(Objects.requireNonNull(item)));
      if (other == null || !Equality.equal(item, other)) {
        return false;
      }
    }
    return true;
  }

  /** All of the left, in its order, with those of the right replacing or following. */
  public List<Object> union(List<?> left, List<?> right) {
    Map<Object, Object> pending = byKey(right);
    List<Object> union = new ArrayList<>(left.size() + right.size());
    for (Object item : left) {
      Object newer = pending.remove(key(Objects.requireNonNull(item)));
      union.add(newer == null ? item : newer);
    }
    union.addAll(pending.values());
    return union;
  }

  private Map<Object, Object> byKey(List<?> list) {
    Map<Object, Object> entries = new java.util.LinkedHashMap<>();
    list.forEach(item -> entries.put(key(Objects.requireNonNull(item)), item));
    return entries;
  }

  private Object key(Object item) {
    if (shape.kind() == ListKind.SET) {
      return comparable(item);
    }
    List<Object> keys = new ArrayList<>(shape.mapKeys().size());
    for (String name : shape.mapKeys()) {
      keys.add(comparable(field(item, name)));
    }
    return keys;
  }

  private static Object field(Object item, String name) {
    @Nullable Object value =
        switch (item) {
          case JsonMap map -> map.get(name);
          case ObjectValue object -> object.fields().get(name);
          case Map<?, ?> map -> map.get(name);
          default -> null;
        };
    return value == null ? NullValue.NULL_VALUE : value;
  }

  /** Equal trees are equal keys; views are not. */
  private static Object comparable(Object value) {
    return switch (value) {
      case JsonMap map -> (JsonNode) map.tree();
      case JsonList list -> (JsonNode) list.tree();
      default -> value;
    };
  }
}

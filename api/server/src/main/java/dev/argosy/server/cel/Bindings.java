package dev.argosy.server.cel;

import dev.argosy.server.cel.value.JsonValues;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values of an evaluation's variables, which may be computed when first asked for. */
public interface Bindings {

  /** The value of that variable; null if it has none. */
  @Nullable Object find(String name);

  static Bindings of(Map<String, Object> values) {
    Map<String, Object> copy = Map.copyOf(values);
    return copy::get;
  }

  /** These, and {@code other} for what they lack. */
  default Bindings or(Bindings other) {
    return name -> {
      Object own = find(name);
      return own == null ? other.find(name) : own;
    };
  }

  /** Binds JSON trees, each with its shape; trees are read in place and must not change. */
  final class Builder {

    private final Map<String, Object> values = new HashMap<>();

    /** A tree; null and a missing node become CEL's null. */
    public Builder json(String name, @Nullable JsonNode tree, Shape shape) {
      values.put(name, JsonValues.of(tree, shape));
      return this;
    }

    /** A value of CEL: see {@link dev.argosy.server.cel.value}. */
    public Builder value(String name, Object value) {
      values.put(name, value);
      return this;
    }

    public Bindings build() {
      return of(values);
    }
  }
}

package dev.argosy.server.cel.eval;

import dev.argosy.server.cel.value.Equality;
import dev.argosy.server.cel.value.Selectable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Variables, fields, entries and items. Each step costs 1, and 1 more if it is the first one from a
 * value that was computed; asking for presence costs nothing.
 */
final class Access {

  private Access() {}

  record Variable(String name, long cost) implements Node {

    @Override
    public Object eval(Frame frame) {
      frame.charge(cost);
      Object value = frame.bindings().find(name);
      if (value == null) {
        throw new EvalError("no such attribute(s): " + name);
      }
      return value;
    }
  }

  /** A variable of a loop, which may hold the failure of an earlier turn. */
  record Local(int slot, long cost) implements Node {

    @Override
    public Object eval(Frame frame) {
      frame.charge(cost);
      Object value = frame.local(slot);
      if (value instanceof EvalError failure) {
        throw failure;
      }
      if (value == null) {
        throw new EvalError("no such attribute(s)");
      }
      return value;
    }
  }

  record Select(Node operand, String field, long cost) implements Node {

    @Override
    public Object eval(Frame frame) {
      Object target = operand.eval(frame);
      frame.charge(cost);
      if (target instanceof Optional<?> optional) {
        return optional
            .map(inner -> (Object) Optional.ofNullable(child(inner, field)))
            .orElse(Optional.empty());
      }
      Object value = child(target, field);
      if (value == null) {
        throw EvalError.noSuchKey(field);
      }
      return value;
    }
  }

  record Has(Node operand, String field) implements Node {

    @Override
    public Object eval(Frame frame) {
      Object target = operand.eval(frame);
      if (target instanceof Optional<?> optional) {
        return optional.isPresent() && child(optional.get(), field) != null;
      }
      return child(target, field) != null;
    }
  }

  record OptionalSelect(Node operand, String field, long cost) implements Node {

    @Override
    public Object eval(Frame frame) {
      Object target = operand.eval(frame);
      frame.charge(cost);
      return present(target).map(inner -> child(inner, field));
    }
  }

  record Index(Node operand, Node key, long cost) implements Node {

    @Override
    public Object eval(Frame frame) {
      Object target = operand.eval(frame);
      Object index = key.eval(frame);
      frame.charge(cost);
      if (target instanceof Optional<?> optional) {
        return optional
            .map(inner -> (Object) Optional.ofNullable(entry(inner, index)))
            .orElse(Optional.empty());
      }
      Object value = entry(target, index);
      if (value == null) {
        throw target instanceof List<?>
            ? new EvalError("index out of bounds: " + index)
            : EvalError.noSuchKey(index);
      }
      return value;
    }
  }

  record OptionalIndex(Node operand, Node key, long cost) implements Node {

    @Override
    public Object eval(Frame frame) {
      Object target = operand.eval(frame);
      Object index = key.eval(frame);
      frame.charge(cost);
      return present(target).map(inner -> entry(inner, index));
    }
  }

  /** {@code orValue} and {@code or}, whose argument is evaluated only if it is needed. */
  record OrElse(Node operand, Node other, boolean unwrap) implements Node {

    @Override
    public Object eval(Frame frame) {
      if (!(operand.eval(frame) instanceof Optional<?> optional)) {
        throw EvalError.noSuchOverload();
      }
      if (optional.isPresent()) {
        return unwrap ? optional.get() : optional;
      }
      return other.eval(frame);
    }
  }

  private static Optional<Object> present(Object target) {
    return target instanceof Optional<?> optional
        ? optional.map(inner -> (Object) inner)
        : Optional.of(target);
  }

  private static @Nullable Object child(Object target, String field) {
    return switch (target) {
      case Selectable selectable -> selectable.select(field);
      case Map<?, ?> map -> map.get(field);
      default -> throw EvalError.noSuchOverload();
    };
  }

  private static @Nullable Object entry(Object target, Object key) {
    return switch (target) {
      case List<?> list -> item(list, key);
      case Map<?, ?> map -> {
        if (!Equality.isKey(key) && !(key instanceof Double)) {
          throw EvalError.noSuchOverload();
        }
        yield Equality.find(map, key);
      }
      default -> throw EvalError.noSuchOverload();
    };
  }

  private static @Nullable Object item(List<?> list, Object key) {
    if (!(key instanceof Number number)) {
      throw new EvalError("unsupported index type '" + key + "' in list");
    }
    double exact = number.doubleValue();
    long index = number.longValue();
    if (exact != index) {
      throw new EvalError("unsupported index value in list: " + key);
    }
    return index < 0 || index >= list.size() ? null : list.get((int) index);
  }
}

package dev.argosy.server.cel.eval;

import dev.argosy.server.cel.value.Equality;
import dev.argosy.server.cel.value.ObjectValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Constants, and the lists, maps and objects that expressions write. */
final class Literals {

  private static final long LIST_COST = 10;
  private static final long MAP_COST = 30;
  private static final long OBJECT_COST = 40;

  private Literals() {}

  record Constant(Object value) implements Node {

    @Override
    public Object eval(Frame frame) {
      return value;
    }
  }

  /**
   * @param optional whether an item that is an empty optional is left out
   */
  record Item(Node value, boolean optional) {}

  /**
   * @param key the name of the field, for objects
   * @param optional whether an entry whose value is an empty optional is left out
   */
  record Entry(Node key, Node value, boolean optional) {}

  /** A list; a constant one if all its items are constants, which costs nothing. */
  static Node list(List<Item> items) {
    List<Object> constants = new ArrayList<>();
    for (Item item : items) {
      if (!item.optional() && item.value() instanceof Constant(Object value)) {
        constants.add(value);
      }
    }
    return constants.size() == items.size()
        ? new Constant(Collections.unmodifiableList(constants))
        : new ListOf(List.copyOf(items));
  }

  /** A map; a constant one if all in it is constant, which costs nothing. */
  static Node map(List<Entry> entries) {
    Map<Object, Object> constants = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!entry.optional()
          && entry.key() instanceof Constant(Object key)
          && entry.value() instanceof Constant(Object value)) {
        constants.put(key, value);
      }
    }
    return constants.size() == entries.size()
        ? new Constant(Collections.unmodifiableMap(constants))
        : new MapOf(List.copyOf(entries));
  }

  /** Whether a value is among texts that are known before. */
  record Member(Node item, Set<?> values) implements Node {

    @Override
    public Object eval(Frame frame) {
      return values.contains(item.eval(frame));
    }
  }

  record ListOf(List<Item> items) implements Node {

    @Override
    public Object eval(Frame frame) {
      frame.charge(LIST_COST);
      List<Object> values = new ArrayList<>(items.size());
      for (Item item : items) {
        Object value = item.value().eval(frame);
        if (item.optional()) {
          optional(value).ifPresent(values::add);
        } else {
          values.add(value);
        }
      }
      return Collections.unmodifiableList(values);
    }
  }

  record MapOf(List<Entry> entries) implements Node {

    @Override
    public Object eval(Frame frame) {
      frame.charge(MAP_COST);
      return Collections.unmodifiableMap(evalEntries(entries, frame));
    }
  }

  record ObjectOf(String typeName, List<Entry> entries) implements Node {

    @Override
    public Object eval(Frame frame) {
      frame.charge(OBJECT_COST);
      Map<String, Object> fields = new LinkedHashMap<>();
      evalEntries(entries, frame).forEach((name, value) -> fields.put((String) name, value));
      return new ObjectValue(typeName, fields);
    }
  }

  private static Map<Object, Object> evalEntries(List<Entry> entries, Frame frame) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Object key = entry.key().eval(frame);
      if (!Equality.isKey(key)) {
        throw new EvalError("unsupported key type");
      }
      Object value = entry.value().eval(frame);
      Optional<?> kept = entry.optional() ? optional(value) : Optional.of(value);
      if (kept.isPresent() && values.put(key, kept.get()) != null) {
        throw new EvalError("Failed with repeated key: " + key);
      }
    }
    return values;
  }

  private static Optional<?> optional(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional;
    }
    throw EvalError.noSuchOverload();
  }
}

package dev.argosy.server.cel.value;

import dev.argosy.server.cel.Shape;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object, seen as a map or as a value with fields. */
public final class JsonMap extends AbstractMap<Object, Object> implements Selectable {

  private final ObjectNode tree;
  private final Shape shape;

  JsonMap(ObjectNode tree, Shape shape) {
    this.tree = tree;
    this.shape = shape;
  }

  /** The tree that is seen; not to be changed. */
  public ObjectNode tree() {
    return tree;
  }

  /** The name of its type, if it has known fields; else {@code map}. */
  public String typeName() {
    return shape instanceof Shape.ObjectOf object ? object.typeName() : "map";
  }

  @Override
  public @Nullable Object select(String field) {
    JsonNode child = tree.get(field);
    String property = field;
    if (child == null && field.contains("__")) {
      property = PropertyNames.unescape(field);
      child = tree.get(property);
    }
    return child == null ? null : JsonValues.of(child, childShape(property));
  }

  private Shape childShape(String property) {
    return switch (shape) {
      case Shape.MapOf map -> map.value();
      case Shape.ObjectOf object -> {
        Shape child = object.field().apply(property);
        yield child == null ? Shape.DYN : child;
      }
      case Shape.ListOf list -> list.item();
      case Shape.Scalar scalar -> Shape.DYN;
      case Shape.OpaqueOf opaque -> Shape.DYN;
      case Shape.Checked checked -> Shape.DYN;
      case Shape.OptionalOf optional -> Shape.DYN;
    };
  }

  @Override
  public @Nullable Object get(Object key) {
    if (!(key instanceof String name)) {
      return null;
    }
    JsonNode child = tree.get(name);
    return child == null ? null : JsonValues.of(child, childShape(name));
  }

  @Override
  public boolean containsKey(Object key) {
    return key instanceof String name && tree.has(name);
  }

  @Override
  public int size() {
    return tree.size();
  }

  @Override
  public Set<Map.Entry<Object, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<Object, Object>> iterator() {
        Iterator<Map.Entry<String, JsonNode>> entries = tree.properties().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public Map.Entry<Object, Object> next() {
            Map.Entry<String, JsonNode> entry = entries.next();
            return Map.entry(
                entry.getKey(), JsonValues.of(entry.getValue(), childShape(entry.getKey())));
          }
        };
      }

      @Override
      public int size() {
        return tree.size();
      }
    };
  }
}

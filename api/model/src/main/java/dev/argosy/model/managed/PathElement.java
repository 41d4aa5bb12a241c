package dev.argosy.model.managed;

import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One step of a field's path. Ordered as Kubernetes orders them: names, keys, values, indexes.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/">FieldsV1
 *     in ObjectMeta</a>
 */
public sealed interface PathElement extends Comparable<PathElement> {

  /** How {@code FieldsV1} writes it, such as {@code f:spec}. */
  String wire();

  /** How messages write it, such as {@code .spec}. */
  String text();

  /** A field of a struct, or a key of a map. */
  record Name(String name) implements PathElement {
    @Override
    public String wire() {
      return "f:" + name;
    }

    @Override
    public String text() {
      return "." + name;
    }

    @Override
    public int compareTo(PathElement other) {
      return other instanceof Name n ? ValueOrder.texts(name, n.name) : -1;
    }
  }

  /**
   * An element of an associative list, by the values of its keys.
   *
   * @param fields the keys, ordered by name
   */
  record Key(List<KeyField> fields) implements PathElement {
    public Key {
      fields = fields.stream().sorted().toList();
    }

    @Override
    public String wire() {
      StringBuilder text = new StringBuilder("k:{");
      for (KeyField field : fields) {
        text.append(text.length() == 3 ? "\"" : ",\"").append(field.name()).append("\":");
        text.append(field.value());
      }
      return text.append('}').toString();
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("[");
      for (KeyField field : fields) {
        text.append(text.length() == 1 ? "" : ",").append(field.name()).append('=');
        text.append(field.value());
      }
      return text.append(']').toString();
    }

    @Override
    public int compareTo(PathElement other) {
      return switch (other) {
        case Name n -> 1;
        case Key k -> compareFields(k.fields);
        case Value v -> -1;
        case Index i -> -1;
      };
    }

    private int compareFields(List<KeyField> others) {
      int shared = Math.min(fields.size(), others.size());
      for (int i = 0; i < shared; i++) {
        int order = fields.get(i).compareTo(others.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(fields.size(), others.size());
    }
  }

  /** A key of an associative list, with the value that an element has there. */
  record KeyField(String name, JsonNode value) implements Comparable<KeyField> {
    public KeyField {
      value = ValueOrder.plain(value);
    }

    @Override
    public int compareTo(KeyField other) {
      int order = ValueOrder.texts(name, other.name);
      return order != 0 ? order : ValueOrder.compare(value, other.value);
    }
  }

  /** An element of a set. */
  record Value(JsonNode value) implements PathElement {
    public Value {
      value = ValueOrder.plain(value);
    }

    @Override
    public String wire() {
      return "v:" + value;
    }

    @Override
    public String text() {
      return "[=" + value + "]";
    }

    @Override
    public int compareTo(PathElement other) {
      return switch (other) {
        case Name n -> 1;
        case Key k -> 1;
        case Value v -> ValueOrder.compare(value, v.value);
        case Index i -> -1;
      };
    }
  }

  /** An element by its place; only ever read from others' entries. */
  record Index(int index) implements PathElement {
    @Override
    public String wire() {
      return "i:" + index;
    }

    @Override
    public String text() {
      return "[" + index + "]";
    }

    @Override
    public int compareTo(PathElement other) {
      return other instanceof Index i ? Integer.compare(index, i.index) : 1;
    }
  }

  /**
   * Reads what {@link #wire()} writes; empty for kinds of elements that are not known here, which
   * later versions may have.
   *
   * @throws IllegalArgumentException if the text is no path element
   */
  static Optional<PathElement> parse(String wire) {
    if (wire.length() < 2 || wire.charAt(1) != ':') {
      throw new IllegalArgumentException("no path element: " + wire);
    }
    String rest = wire.substring(2);
    try {
      return switch (wire.charAt(0)) {
        case 'f' -> Optional.of(new Name(rest));
        case 'k' -> Optional.of(key(Json.mapper().readTree(rest)));
        case 'v' -> Optional.of(new Value(Json.mapper().readTree(rest)));
        case 'i' -> Optional.of(new Index(Integer.parseInt(rest)));
        default -> Optional.empty();
      };
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no path element: " + wire, e);
    }
  }

  private static Key key(JsonNode tree) {
    if (!tree.isObject()) {
      throw new IllegalArgumentException("the keys of a list element must be an object");
    }
    return new Key(
        tree.properties().stream().map(e -> new KeyField(e.getKey(), e.getValue())).toList());
  }
}

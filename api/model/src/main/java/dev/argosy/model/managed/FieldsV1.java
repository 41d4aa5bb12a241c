package dev.argosy.model.managed;

import dev.argosy.model.managed.FieldSet.Entry;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

/** Field sets as {@code managedFields} carries them: {@code {"f:spec":{"f:replicas":{}}}}. */
public final class FieldsV1 {

  /** Stands for the path itself, among those below it. */
  private static final String SELF = ".";

  private FieldsV1() {}

  /** The wire form, members in canonical order. */
  public static String text(FieldSet set) {
    StringBuilder text = new StringBuilder(64);
    append(set, false, text);
    return text.toString();
  }

  /** The wire form for a tree: its text, which is not looked into before it is written. */
  static JsonNode node(FieldSet set) {
    return JsonNodeFactory.instance.rawValueNode(new RawValue(text(set)));
  }

  private static void append(FieldSet set, boolean self, StringBuilder text) {
    text.append('{');
    if (self) {
      text.append("\".\":{}");
    }
    boolean first = !self;
    for (Entry entry : set.entries()) {
      text.append(first ? "\"" : ",\"");
      quote(entry.element().wire(), text);
      text.append("\":");
      append(entry.below(), entry.member() && !entry.below().isEmpty(), text);
      first = false;
    }
    text.append('}');
  }

  /** Names seldom have anything to be quoted. */
  private static void quote(String wire, StringBuilder text) {
    for (int i = 0; i < wire.length(); i++) {
      char c = wire.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        JsonStringEncoder.getInstance().quoteAsString(wire, text);
        return;
      }
    }
    text.append(wire);
  }

  /** The tree of a wire form that is still text. */
  static JsonNode tree(JsonNode node) {
    return node instanceof POJONode pojo && pojo.getPojo() instanceof RawValue raw
        ? Json.mapper().readTree(String.valueOf(raw.rawValue()))
        : node;
  }

  /**
   * Reads the wire form, members in any order.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static FieldSet read(JsonNode tree) {
    if (!(tree(tree) instanceof ObjectNode object)) {
      throw new IllegalArgumentException("a field set must be an object");
    }
    List<Entry> entries = new ArrayList<>(object.size());
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!member.getKey().equals(SELF)) {
        PathElement.parse(member.getKey())
            .ifPresent(element -> entries.add(entry(element, member.getValue())));
      }
    }
    return merged(entries);
  }

  private static Entry entry(PathElement element, JsonNode content) {
    FieldSet below = read(content);
    return new Entry(element, below.isEmpty() || content.has(SELF), below);
  }

  /** Two texts may stand for the same element, such as keys in another order. */
  private static FieldSet merged(List<Entry> entries) {
    FieldSet set = FieldSet.of(entries);
    List<Entry> sorted = set.entries();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).element().compareTo(sorted.get(i - 1).element()) == 0) {
        FieldSet all = FieldSet.EMPTY;
        for (Entry entry : entries) {
          all = all.union(FieldSet.of(List.of(entry)));
        }
        return all;
      }
    }
    return set;
  }
}

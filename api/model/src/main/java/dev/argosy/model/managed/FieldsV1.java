package dev.argosy.model.managed;

import dev.argosy.model.managed.FieldSet.Entry;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Field sets as {@code managedFields} carries them: {@code {"f:spec":{"f:replicas":{}}}}. */
public final class FieldsV1 {

  /** Stands for the path itself, among those below it. */
  private static final String SELF = ".";

  private FieldsV1() {}

  /** The wire form, members in canonical order. */
  public static ObjectNode write(FieldSet set) {
    ObjectNode object = Json.object();
    for (Entry entry : set.entries()) {
      object.set(entry.element().wire(), write(entry));
    }
    return object;
  }

  private static ObjectNode write(Entry entry) {
    if (entry.below().isEmpty() || !entry.member()) {
      return write(entry.below());
    }
    ObjectNode object = Json.object();
    object.set(SELF, Json.object());
    for (Entry below : entry.below().entries()) {
      object.set(below.element().wire(), write(below));
    }
    return object;
  }

  /**
   * Reads the wire form, members in any order.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static FieldSet read(JsonNode tree) {
    if (!(tree instanceof ObjectNode object)) {
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

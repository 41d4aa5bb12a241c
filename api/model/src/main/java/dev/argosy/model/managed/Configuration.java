package dev.argosy.model.managed;

import dev.argosy.model.managed.FieldSet.Entry;
import dev.argosy.model.managed.PathElement.Name;
import dev.argosy.model.managed.TypeShape.Form;
import dev.argosy.model.managed.TypeShape.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields that an applied configuration names: leaves, keys of maps, elements of lists; a
 * struct's field only through what is in it.
 */
final class Configuration {

  private final List<String> problems = new ArrayList<>();

  private Configuration() {}

  /**
   * What a configuration says.
   *
   * @param problems why it is none, such as fields that the type does not have; empty if all is
   *     well
   */
  record Read(FieldSet fields, List<String> problems) {}

  static Read of(TypeShape shape, ObjectNode configuration) {
    Configuration reader = new Configuration();
    FieldSet fields = reader.object(shape, configuration, "");
    return new Read(fields, reader.problems);
  }

  private FieldSet value(TypeShape shape, JsonNode value, String path) {
    return switch (shape.form()) {
      case LEAF -> FieldSet.EMPTY;
      case OBJECT ->
          value instanceof ObjectNode object ? object(shape, object, path) : FieldSet.EMPTY;
      case SET, ASSOCIATIVE ->
          value instanceof ArrayNode array ? list(shape, array, path) : FieldSet.EMPTY;
    };
  }

  private FieldSet object(TypeShape shape, ObjectNode object, String path) {
    List<Entry> entries = new ArrayList<>(object.size());
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      Name name = new Name(field.getKey());
      String at = path + name.text();
      Member member = shape.member(field.getKey());
      if (shape instanceof SystemFields system && system.unowned(field.getKey())) {
        continue;
      }
      if (member == null) {
        problems.add(at + ": field not declared in schema");
        continue;
      }
      JsonNode value = field.getValue();
      FieldSet below = value(member.shape(), value, at);
      boolean named = !member.declared() || isLeaf(member.shape(), value);
      if (named || !below.isEmpty()) {
        entries.add(new Entry(name, named, below));
      }
    }
    return FieldSet.of(entries);
  }

  /** An empty list of elements that are owned one by one owns nothing. */
  private static boolean isLeaf(TypeShape shape, JsonNode value) {
    return switch (shape.form()) {
      case LEAF -> true;
      case OBJECT -> !value.isObject() || value.isEmpty();
      case SET, ASSOCIATIVE -> !value.isArray();
    };
  }

  private FieldSet list(TypeShape shape, ArrayNode array, String path) {
    Map<PathElement, Entry> entries = new TreeMap<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode element = array.get(i);
      String problem = ListItems.problem(shape, element);
      if (problem != null) {
        problems.add(path + ": element " + i + ": " + problem);
        continue;
      }
      PathElement item = ListItems.identify(shape, element);
      FieldSet below = value(shape.element(), element, path + item.text());
      if (entries.put(item, new Entry(item, true, below)) != null) {
        boolean keys = shape.form() == Form.ASSOCIATIVE;
        problems.add(path + ": duplicate entries for " + (keys ? "key " : "value ") + item.text());
      }
    }
    return FieldSet.of(entries.values());
  }
}

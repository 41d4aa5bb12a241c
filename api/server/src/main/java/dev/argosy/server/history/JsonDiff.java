package dev.argosy.server.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes one JSON document of another, as operations of RFC 6902: members one by one, lists of
 * the same length item by item, other lists as a whole but for what was added at their end.
 */
final class JsonDiff {

  private final List<Step> steps = new ArrayList<>();

  private JsonDiff() {}

  /**
   * One operation.
   *
   * @param path the way to the place, in the document before and in the one after
   * @param was null if there was nothing
   * @param is null if there is nothing
   */
  record Step(List<String> path, @Nullable JsonNode was, @Nullable JsonNode is) {
    Step {
      path = List.copyOf(path);
    }

    String op() {
      return was == null ? "add" : is == null ? "remove" : "replace";
    }

    /** As a JSON Pointer (RFC 6901). */
    String pointer() {
      StringBuilder text = new StringBuilder();
      path.forEach(token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
      return text.toString();
    }

    /** Whether what is at one place is part of what is at the other. */
    boolean touches(Step other) {
      int common = Math.min(path.size(), other.path.size());
      return path.subList(0, common).equals(other.path.subList(0, common));
    }
  }

  /** The operations, in an order in which they can be applied. */
  static List<Step> of(JsonNode before, JsonNode after) {
    JsonDiff diff = new JsonDiff();
    diff.compare(List.of(), before, after);
    return diff.steps;
  }

  private void compare(List<String> path, JsonNode before, JsonNode after) {
    if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
      objects(path, one, other);
    } else if (before instanceof ArrayNode one
        && after instanceof ArrayNode other
        && one.size() <= other.size()) {
      arrays(path, one, other);
    } else if (!before.equals(after)) {
      steps.add(new Step(path, before, after));
    }
  }

  private void objects(List<String> path, ObjectNode before, ObjectNode after) {
    for (Map.Entry<String, JsonNode> member : before.properties()) {
      JsonNode other = after.get(member.getKey());
      List<String> place = with(path, member.getKey());
      if (other == null) {
        steps.add(new Step(place, member.getValue(), null));
      } else {
        compare(place, member.getValue(), other);
      }
    }
    for (Map.Entry<String, JsonNode> member : after.properties()) {
      if (!before.has(member.getKey())) {
        steps.add(new Step(with(path, member.getKey()), null, member.getValue()));
      }
    }
  }

  private void arrays(List<String> path, ArrayNode before, ArrayNode after) {
    for (int i = 0; i < after.size(); i++) {
      List<String> place = with(path, Integer.toString(i));
      if (i < before.size()) {
        compare(place, before.get(i), after.get(i));
      } else {
        steps.add(new Step(place, null, after.get(i)));
      }
    }
  }

  private static List<String> with(List<String> path, String token) {
    List<String> longer = new ArrayList<>(path);
    longer.add(token);
    return longer;
  }
}

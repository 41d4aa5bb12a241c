package dev.argosy.server.custom.path;

import dev.argosy.server.custom.schema.SameValue;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One step of a path: from a node to those that it leads to. */
sealed interface Step {

  void from(JsonNode node, Consumer<JsonNode> found);

  /** A member, or one of several. */
  record Members(List<String> names) implements Step {
    @Override
    public void from(JsonNode node, Consumer<JsonNode> found) {
      for (String name : names) {
        JsonNode member = node.get(name);
        if (member != null) {
          found.accept(member);
        }
      }
    }
  }

  /** All members or elements. */
  record All() implements Step {
    @Override
    public void from(JsonNode node, Consumer<JsonNode> found) {
      node.forEach(found);
    }
  }

  /** An element; negative numbers count from the end. */
  record At(int index) implements Step {
    @Override
    public void from(JsonNode node, Consumer<JsonNode> found) {
      int place = index < 0 ? node.size() + index : index;
      if (node.isArray() && place >= 0 && place < node.size()) {
        found.accept(node.get(place));
      }
    }
  }

  /** Elements from, to but without, in steps. */
  record Slice(int start, int end, int stride) implements Step {
    @Override
    public void from(JsonNode node, Consumer<JsonNode> found) {
      if (!node.isArray()) {
        return;
      }
      int first = Math.max(0, start < 0 ? node.size() + start : start);
      long last = Math.min(node.size(), end < 0 ? (long) node.size() + end : end);
      for (long i = first; i < last; i += stride) {
        found.accept(node.get((int) i));
      }
    }
  }

  /** The node and everything below. */
  record Deep() implements Step {
    @Override
    public void from(JsonNode node, Consumer<JsonNode> found) {
      found.accept(node);
      node.forEach(below -> from(below, found));
    }
  }

  /** Elements that fulfil a comparison; without one, those that have what the left side names. */
  record Filter(Operand left, String operator, Operand right) implements Step {
    @Override
    public void from(JsonNode node, Consumer<JsonNode> found) {
      if (node.isArray()) {
        node.forEach(element -> {
          if (holds(element)) {
            found.accept(element);
          }
        });
      }
    }

    private boolean holds(JsonNode element) {
      List<JsonNode> a = left.of(element);
      if (operator.isEmpty()) {
        return !a.isEmpty();
      }
      List<JsonNode> b = right.of(element);
      if (a.isEmpty() || b.isEmpty()) {
        return false;
      }
      JsonNode first = a.getFirst();
      JsonNode second = b.getFirst();
      return switch (operator) {
        case "==" -> SameValue.of(first, second);
        case "!=" -> !SameValue.of(first, second);
        default -> ordered(first, second);
      };
    }

    private boolean ordered(JsonNode a, JsonNode b) {
      int order;
      if (a.isNumber() && b.isNumber()) {
        order = a.decimalValue().compareTo(b.decimalValue());
      } else if (a.isString() && b.isString()) {
        order = a.stringValue().compareTo(b.stringValue());
      } else {
        return false;
      }
      return switch (operator) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }
  }

  /** A side of a comparison: a path from the element, or a constant. */
  interface Operand {
    List<JsonNode> of(JsonNode element);
  }
}

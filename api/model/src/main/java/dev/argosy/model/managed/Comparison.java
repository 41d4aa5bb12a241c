package dev.argosy.model.managed;

import dev.argosy.model.managed.FieldSet.Entry;
import dev.argosy.model.managed.PathElement.Name;
import dev.argosy.model.managed.TypeShape.Form;
import dev.argosy.model.managed.TypeShape.Member;
import dev.argosy.model.patch.Equality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes a later state of an object differ from an earlier one. One walk through both trees;
 * paths are made only where they differ.
 *
 * @param changed what is new or has another value
 * @param removed what is no more
 */
record Comparison(FieldSet changed, FieldSet removed) {

  boolean same() {
    return changed.isEmpty() && removed.isEmpty();
  }

  /**
   * Compares two states.
   *
   * @param before null if there was nothing, which counts as an object with nothing said in it
   */
  static Comparison of(TypeShape shape, @Nullable ObjectNode before, ObjectNode after) {
    Level level = new Level();
    level.object(shape, before, true, after, true);
    return new Comparison(level.changedSet(), level.removedSet());
  }

  /** The differences at one place of the tree, with those below it. */
  private static final class Level {

    private @Nullable List<Entry> changed;
    private @Nullable List<Entry> removed;

    FieldSet changedSet() {
      return changed == null ? FieldSet.EMPTY : FieldSet.of(changed);
    }

    FieldSet removedSet() {
      return removed == null ? FieldSet.EMPTY : FieldSet.of(removed);
    }

    private void changed(PathElement element, boolean member, FieldSet below) {
      if (member || !below.isEmpty()) {
        changed = changed == null ? new ArrayList<>() : changed;
        changed.add(new Entry(element, member, below));
      }
    }

    private void removed(PathElement element, boolean member, FieldSet below) {
      if (member || !below.isEmpty()) {
        removed = removed == null ? new ArrayList<>() : removed;
        removed.add(new Entry(element, member, below));
      }
    }

    /** An object that is not said may still be there, empty; see {@link Member#always}. */
    void object(
        TypeShape shape,
        @Nullable ObjectNode old,
        boolean was,
        @Nullable ObjectNode now,
        boolean is) {
      if (now != null) {
        for (Map.Entry<String, JsonNode> field : now.properties()) {
          JsonNode before = old == null ? null : old.get(field.getKey());
          member(shape, field.getKey(), before, was, field.getValue(), is);
        }
      }
      if (old != null) {
        for (Map.Entry<String, JsonNode> field : old.properties()) {
          if (now == null || !now.has(field.getKey())) {
            member(shape, field.getKey(), field.getValue(), was, null, is);
          }
        }
      }
    }

    private void member(
        TypeShape shape,
        String name,
        @Nullable JsonNode old,
        boolean was,
        @Nullable JsonNode now,
        boolean is) {
      Member member = shape.member(name);
      if (member != null) {
        boolean before = was && member.always();
        boolean after = is && member.always();
        value(new Name(name), member.shape(), new Side(old, before), new Side(now, after));
      }
    }

    /**
     * A value, or none.
     *
     * @param implied whether there is an empty one if none is said
     */
    private record Side(@Nullable JsonNode value, boolean implied) {
      static final Side NOTHING = new Side(null, false);

      boolean there() {
        return value != null || implied;
      }

      /** Whether there is a value that can be looked into. */
      boolean open(Form form) {
        return value != null
            && switch (form) {
              case LEAF -> false;
              case OBJECT -> value.isObject();
              case SET, ASSOCIATIVE -> value.isArray();
            };
      }
    }

    private void value(PathElement element, TypeShape shape, Side old, Side now) {
      boolean wasOpen = old.open(shape.form());
      boolean isOpen = now.open(shape.form());
      if (!wasOpen && !isOpen) {
        leaf(element, old, now);
      } else if ((wasOpen || old.value() == null) && (isOpen || now.value() == null)) {
        container(element, shape, old, now);
      } else {
        value(element, shape, old, Side.NOTHING);
        value(element, shape, Side.NOTHING, now);
      }
    }

    private void leaf(PathElement element, Side old, Side now) {
      if (now.value() == null) {
        removed(element, old.value() != null, FieldSet.EMPTY);
      } else if (old.value() == null) {
        changed(element, !(old.implied() && isZero(now.value())), FieldSet.EMPTY);
      } else if (!Equality.same(old.value(), now.value())) {
        changed(element, true, FieldSet.EMPTY);
      }
    }

    private static boolean isZero(JsonNode value) {
      return switch (value.getNodeType()) {
        case STRING -> value.stringValue().isEmpty();
        case BOOLEAN -> !value.booleanValue();
        case NUMBER -> value.decimalValue().signum() == 0;
        case NULL -> true;
        default -> false;
      };
    }

    private void container(PathElement element, TypeShape shape, Side old, Side now) {
      Level below = new Level();
      if (shape.form() == Form.OBJECT) {
        below.object(
            shape, (ObjectNode) old.value(), old.there(), (ObjectNode) now.value(), now.there());
      } else {
        below.list(shape, (ArrayNode) old.value(), (ArrayNode) now.value());
      }
      changed(element, now.there() && !old.there(), below.changedSet());
      removed(element, old.there() && !now.there(), below.removedSet());
    }

    private void list(TypeShape shape, @Nullable ArrayNode old, @Nullable ArrayNode now) {
      if (old != null && old.equals(now)) {
        return;
      }
      Map<PathElement, List<JsonNode>> before = ListItems.index(shape, old);
      Map<PathElement, List<JsonNode>> after = ListItems.index(shape, now);
      TreeSet<PathElement> all = new TreeSet<>(before.keySet());
      all.addAll(after.keySet());
      for (PathElement item : all) {
        items(
            item,
            shape.element(),
            before.getOrDefault(item, List.of()),
            after.getOrDefault(item, List.of()));
      }
    }

    /** Elements that stand in the list several times are owned together, as a whole. */
    private void items(PathElement item, TypeShape shape, List<JsonNode> old, List<JsonNode> now) {
      if (old.size() <= 1 && now.size() <= 1) {
        value(item, shape, side(old), side(now));
      } else if (old.size() > 1 && now.size() > 1) {
        changed(item, !old.equals(now), FieldSet.EMPTY);
      } else if (old.size() > 1) {
        if (!now.isEmpty()) {
          value(item, shape, Side.NOTHING, side(now));
        }
        removed(item, true, FieldSet.EMPTY);
      } else {
        if (!old.isEmpty()) {
          value(item, shape, side(old), Side.NOTHING);
        }
        changed(item, true, FieldSet.EMPTY);
      }
    }

    private static Side side(List<JsonNode> elements) {
      return elements.isEmpty() ? Side.NOTHING : new Side(elements.getFirst(), false);
    }
  }
}

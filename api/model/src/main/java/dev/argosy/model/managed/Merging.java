package dev.argosy.model.managed;

import dev.argosy.model.managed.TypeShape.Member;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts a configuration on top of an object; takes nothing away. */
public final class Merging {

  private Merging() {}

  /**
   * Merges into {@code live}, which is changed, and answers what takes its place.
   *
   * @param live null if there is nothing yet
   */
  public static JsonNode merge(TypeShape shape, @Nullable JsonNode live, JsonNode applied) {
    return switch (shape.form()) {
      case LEAF -> applied.deepCopy();
      case OBJECT ->
          applied instanceof ObjectNode object
              ? objects(shape, live instanceof ObjectNode there ? there : nothing(), object)
              : leaf(live, applied);
      case SET, ASSOCIATIVE ->
          applied instanceof ArrayNode array
              ? new ListMerge(shape, live instanceof ArrayNode there ? there : null, array).merged()
              : leaf(live, applied);
    };
  }

  /** Saying null of something with parts says nothing of the parts. */
  private static JsonNode leaf(@Nullable JsonNode live, JsonNode applied) {
    return applied.isNull() && live != null && live.isContainer() ? live : applied.deepCopy();
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode objects(TypeShape shape, ObjectNode live, ObjectNode applied) {
    for (Map.Entry<String, JsonNode> field : applied.properties()) {
      Member member = shape.member(field.getKey());
      if (member != null) {
        JsonNode there = live.get(field.getKey());
        live.set(field.getKey(), merge(member.shape(), there, field.getValue()));
      }
    }
    return live;
  }

  /**
   * Merges lists whose elements are owned one by one. The applied elements come in the applied
   * order; those that only the live list has keep their place among them.
   */
  private static final class ListMerge {

    private final TypeShape shape;
    private final ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    private final PathElement[] liveItems;
    private final PathElement[] appliedItems;
    private final Map<PathElement, JsonNode> liveByItem;
    private final Map<PathElement, JsonNode> appliedByItem;
    private final @Nullable ArrayNode live;
    private final Set<PathElement> done = new HashSet<>();
    private int nextLive;
    private int nextApplied;

    ListMerge(TypeShape shape, @Nullable ArrayNode live, ArrayNode applied) {
      this.shape = shape;
      this.live = live;
      this.liveItems = items(shape, live);
      this.appliedItems = items(shape, applied);
      this.liveByItem = live == null ? Map.of() : ListItems.firsts(shape, live);
      this.appliedByItem = ListItems.firsts(shape, applied);
    }

    private static PathElement[] items(TypeShape shape, @Nullable ArrayNode array) {
      PathElement[] items = new PathElement[array == null ? 0 : array.size()];
      for (int i = 0; i < items.length; i++) {
        items[i] = ListItems.identify(shape, java.util.Objects.requireNonNull(array).get(i));
      }
      return items;
    }

    ArrayNode merged() {
      while (nextLive < liveItems.length || nextApplied < appliedItems.length) {
        if (nextLive == liveItems.length) {
          takeApplied();
        } else if (!appliedByItem.containsKey(liveItems[nextLive])) {
          merged.add(java.util.Objects.requireNonNull(live).get(nextLive++));
        } else if (done.contains(liveItems[nextLive]) || !isNextShared(liveItems[nextLive])) {
          nextLive++; // stands, or will stand, where the applied order wants it
        } else {
          takeApplied();
        }
      }
      return merged;
    }

    /** Whether, of what both lists have, this is the first in applied order not yet taken. */
    private boolean isNextShared(PathElement item) {
      for (int i = nextApplied; i < appliedItems.length; i++) {
        if (liveByItem.containsKey(appliedItems[i])) {
          return appliedItems[i].equals(item);
        }
      }
      return false;
    }

    private void takeApplied() {
      PathElement item = appliedItems[nextApplied++];
      if (nextLive < liveItems.length && liveItems[nextLive].equals(item)) {
        nextLive++;
      }
      if (done.add(item)) {
        JsonNode applied = java.util.Objects.requireNonNull(appliedByItem.get(item));
        merged.add(merge(shape.element(), liveByItem.get(item), applied));
      }
    }
  }
}

package dev.argosy.model.managed;

import dev.argosy.model.managed.PathElement.Name;
import dev.argosy.model.managed.TypeShape.Member;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes out of an object what its applier named last time and names no more, unless somebody else
 * owns it. What goes, goes with everything in it; a struct goes when nobody owns anything in it.
 */
final class Removal {

  private Removal() {}

  /**
   * Removes in place.
   *
   * @param last what the applier owned
   * @param owned what the applier and all others own now
   */
  static void apply(TypeShape shape, ObjectNode object, FieldSet last, FieldSet owned) {
    Name metadata = new Name("metadata");
    if (object.get("metadata") instanceof ObjectNode node) {
      Member member = shape.member("metadata");
      if (member != null) {
        object(member.shape(), node, last.below(metadata), owned.below(metadata));
      }
    }
    object(shape, object, last.without("metadata"), owned);
  }

  private static void value(TypeShape shape, JsonNode value, FieldSet last, FieldSet owned) {
    if (last.isEmpty()) {
      return;
    }
    switch (shape.form()) {
      case LEAF -> {}
      case OBJECT -> {
        if (value instanceof ObjectNode object) {
          object(shape, object, last, owned);
        }
      }
      case SET, ASSOCIATIVE -> {
        if (value instanceof ArrayNode array) {
          list(shape, array, last, owned);
        }
      }
    }
  }

  private static void object(TypeShape shape, ObjectNode object, FieldSet last, FieldSet owned) {
    for (String field : List.copyOf(object.propertyNames())) {
      Member member = shape.member(field);
      if (member == null) {
        continue;
      }
      Name name = new Name(field);
      JsonNode value = object.get(field);
      boolean full = value.isContainer() && !value.isEmpty();
      boolean emptyList = value.isArray() && !full && member.shape().form() != TypeShape.Form.LEAF;
      if (!emptyList && has(member, name, last) && !has(member, name, owned)) {
        object.remove(field);
        continue;
      }
      value(member.shape(), value, last.below(name), owned.below(name));
      if (full && value.isEmpty()) {
        object.remove(field);
      }
    }
  }

  /** A struct's field is owned by whoever owns anything in it. */
  private static boolean has(Member member, Name name, FieldSet set) {
    return set.has(name) || member.declared() && !set.below(name).isEmpty();
  }

  private static void list(TypeShape shape, ArrayNode array, FieldSet last, FieldSet owned) {
    for (int i = array.size() - 1; i >= 0; i--) {
      PathElement item = ListItems.identify(shape, array.get(i));
      if (last.has(item) && !owned.has(item)) {
        array.remove(i);
      } else {
        value(shape.element(), array.get(i), last.below(item), owned.below(item));
      }
    }
  }
}

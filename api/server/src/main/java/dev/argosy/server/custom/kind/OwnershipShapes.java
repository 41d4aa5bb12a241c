package dev.argosy.server.custom.kind;

import dev.argosy.model.managed.TypeShape;
import dev.argosy.model.managed.TypeShape.Form;
import dev.argosy.server.custom.schema.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How the fields of custom resources are owned and merged by server-side apply: as their schema
 * says, and where it says nothing as it looks.
 */
final class OwnershipShapes {

  private OwnershipShapes() {}

  /**
   * The shape of whole objects.
   *
   * @param metadata the shape of {@code metadata}
   */
  static TypeShape of(Schema schema, TypeShape metadata) {
    return new Whole(of(schema), new TypeShape.Member(metadata, true, true));
  }

  private static TypeShape of(Schema schema) {
    String type = schema.types().size() == 1 ? schema.types().getFirst() : "";
    return switch (type) {
      case "object" -> object(schema);
      case "array" -> list(schema);
      case "" -> schema.marks().preserveUnknown() ? TypeShape.DEDUCED : TypeShape.LEAF;
      default -> TypeShape.LEAF;
    };
  }

  private static TypeShape object(Schema schema) {
    if (schema.marks().mapType().equals("atomic")) {
      return TypeShape.LEAF;
    }
    Map<String, TypeShape.Member> members = new HashMap<>();
    schema
        .shape()
        .properties()
        .forEach((name, below) -> members.put(name, new TypeShape.Member(of(below), true, false)));
    Schema additional = schema.shape().additional();
    boolean free = schema.shape().open() || schema.marks().preserveUnknown();
    TypeShape.Member others =
        free
            ? new TypeShape.Member(
                additional == null ? TypeShape.DEDUCED : of(additional), false, false)
            : null;
    return new Members(Map.copyOf(members), others);
  }

  private static TypeShape list(Schema schema) {
    Schema items = schema.shape().items();
    if (items == null) {
      return TypeShape.LEAF;
    }
    return switch (schema.marks().listType()) {
      case "set" -> new Elements(Form.SET, of(items), List.of(), Map.of());
      case "map" -> {
        List<String> keys = schema.marks().mapKeys();
        yield new Elements(Form.ASSOCIATIVE, of(items), keys, defaults(items, keys));
      }
      default -> TypeShape.LEAF;
    };
  }

  private static Map<String, JsonNode> defaults(Schema items, List<String> keys) {
    Map<String, JsonNode> defaults = new HashMap<>();
    for (String key : keys) {
      Schema property = items.shape().properties().get(key);
      if (property != null && property.defaultValue() != null) {
        defaults.put(key, property.defaultValue());
      }
    }
    return Map.copyOf(defaults);
  }

  private record Whole(TypeShape content, TypeShape.Member metadata) implements TypeShape {

    private static final TypeShape.Member TEXT = new TypeShape.Member(LEAF, true, false);

    @Override
    public Form form() {
      return Form.OBJECT;
    }

    @Override
    public @Nullable Member member(String name) {
      return switch (name) {
        case "metadata" -> metadata;
        case "apiVersion", "kind" -> TEXT;
        default -> content.member(name);
      };
    }
  }

  private record Members(Map<String, Member> named, @Nullable Member others) implements TypeShape {
    @Override
    public Form form() {
      return Form.OBJECT;
    }

    @Override
    public @Nullable Member member(String name) {
      Member own = named.get(name);
      return own == null ? others : own;
    }
  }

  private record Elements(
      Form form, TypeShape element, List<String> keys, Map<String, JsonNode> defaults)
      implements TypeShape {
    @Override
    public @Nullable JsonNode keyDefault(String key) {
      return defaults.get(key);
    }
  }
}

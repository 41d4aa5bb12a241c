package dev.argosy.model.managed;

import dev.argosy.model.managed.TypeShape.Member;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The shapes of the types of the field table; each is made when it is first asked for. Safe for use
 * by many threads.
 */
public final class StructShapes {

  private final Map<StructType, TypeShape> known = new ConcurrentHashMap<>();
  private final Map<StructType, StructShape> making = new HashMap<>();

  /**
   * The shape of a type's values: granular, even if the type is owned as a whole where it is used.
   */
  public TypeShape of(StructType type) {
    TypeShape shape = known.get(type);
    return shape != null ? shape : make(type);
  }

  /** Types may hold themselves, so all that belong together become known at once. */
  private synchronized TypeShape make(StructType type) {
    TypeShape shape = struct(type);
    known.putAll(making);
    return shape;
  }

  private StructShape struct(StructType type) {
    StructShape made = making.get(type);
    if (made != null) {
      return made;
    }
    Map<String, Member> members = new HashMap<>();
    StructShape shape = new StructShape(members);
    making.put(type, shape);
    for (Field field : type.fields()) {
      members.put(field.name(), new Member(field(field), true, always(field)));
    }
    return shape;
  }

  /** Structs by value, and fields that are written although they are empty. */
  private static boolean always(Field field) {
    boolean pointer = field.goType().startsWith("*");
    return field.required() || field.type() instanceof Struct && !pointer;
  }

  private TypeShape field(Field field) {
    String declared = field.facets().listType();
    if (declared.equals("atomic")) {
      return TypeShape.LEAF;
    }
    if (field.type() instanceof ListOf list) {
      return switch (declared) {
        case "set" -> new SetShape(type(list.item()));
        case "map" -> associative(field, list.item());
        default -> TypeShape.LEAF;
      };
    }
    return type(field.type());
  }

  private TypeShape type(FieldType type) {
    return switch (type) {
      case Scalar scalar -> TypeShape.LEAF;
      case ListOf list -> TypeShape.LEAF;
      case MapOf map -> new MapShape(new Member(type(map.value()), false, false));
      case Struct struct -> struct.struct().atomic() ? TypeShape.LEAF : struct(struct.struct());
    };
  }

  private TypeShape associative(Field field, FieldType item) {
    Map<String, JsonNode> defaults = new HashMap<>();
    if (item instanceof Struct struct) {
      for (String key : field.facets().mapKeys()) {
        Field keyField = struct.struct().field(key);
        if (keyField != null && keyField.declaredDefault() != null) {
          defaults.put(key, keyField.declaredDefault());
        }
      }
    }
    return new AssociativeShape(type(item), field.facets().mapKeys(), defaults);
  }

  /** Filled while shapes are made, never changed after. */
  private record StructShape(Map<String, Member> members) implements TypeShape {
    @Override
    public Form form() {
      return Form.OBJECT;
    }

    @Override
    public @Nullable Member member(String name) {
      return members.get(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return members.keySet().toString();
    }
  }

  private record MapShape(Member value) implements TypeShape {
    @Override
    public Form form() {
      return Form.OBJECT;
    }

    @Override
    public Member member(String name) {
      return value;
    }
  }

  private record SetShape(TypeShape element) implements TypeShape {
    @Override
    public Form form() {
      return Form.SET;
    }
  }

  private record AssociativeShape(
      TypeShape element, List<String> keys, Map<String, JsonNode> defaults) implements TypeShape {
    @Override
    public Form form() {
      return Form.ASSOCIATIVE;
    }

    @Override
    public @Nullable JsonNode keyDefault(String key) {
      return defaults.get(key);
    }
  }
}

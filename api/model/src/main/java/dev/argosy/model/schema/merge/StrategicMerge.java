package dev.argosy.model.schema.merge;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges objects; {@link ListMerge} merges their lists. */
public final class StrategicMerge {

  static final String DIRECTIVE = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String SET_ORDER = "$setElementOrder/";
  private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

  private StrategicMerge() {}

  /**
   * The result of the patch; the arguments stay as they are.
   *
   * @throws PatchSyntaxException if the patch is malformed
   */
  public static ObjectNode apply(StructType type, ObjectNode original, ObjectNode patch) {
    ObjectNode result = original.deepCopy();
    return merge(type, result, patch);
  }

  /** Merges into {@code target}, which may be changed, and returns what takes its place. */
  static ObjectNode merge(@Nullable StructType type, ObjectNode target, ObjectNode patch) {
    JsonNode directive = patch.get(DIRECTIVE);
    if (directive != null) {
      switch (directive.asString("")) {
        case "replace" -> {
          return withoutDirectives(patch);
        }
        case "delete" -> {
          return Json.object();
        }
        case "merge" -> {}
        default -> throw new PatchSyntaxException("Unknown patch type: " + directive.asString(""));
      }
    }
    retainKeys(target, patch);
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      String name = entry.getKey();
      if (!name.startsWith("$")) {
        member(type == null ? null : type.field(name), name, target, patch, entry.getValue());
      }
    }
    directivesWithoutPatch(type, target, patch);
    return target;
  }

  private static void retainKeys(ObjectNode target, ObjectNode patch) {
    JsonNode keys = patch.get(RETAIN_KEYS);
    if (keys == null) {
      return;
    }
    if (!keys.isArray()) {
      throw new PatchSyntaxException(RETAIN_KEYS + " must be a list");
    }
    Set<String> kept = new HashSet<>();
    keys.forEach(key -> kept.add(key.asString("")));
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      boolean content = !entry.getKey().startsWith("$") && !entry.getValue().isNull();
      if (content && !kept.contains(entry.getKey())) {
        throw new PatchSyntaxException(
            "the " + RETAIN_KEYS + " list does not contain the field " + entry.getKey());
      }
    }
    target.properties().removeIf(entry -> !kept.contains(entry.getKey()));
  }

  private static void member(
      @Nullable Field field, String name, ObjectNode target, ObjectNode patch, JsonNode value) {
    if (value.isNull()) {
      target.remove(name);
      return;
    }
    JsonNode old = target.get(name);
    if (value instanceof ObjectNode object) {
      ObjectNode base = old instanceof ObjectNode there ? there : Json.object();
      target.set(name, merge(structOf(field), base, object));
    } else if (value instanceof ArrayNode list && field != null && field.facets().merges()) {
      ListMerge merge = listMerge(field, patch);
      target.set(name, merge.apply(old instanceof ArrayNode there ? there : null, list));
    } else {
      target.set(name, value.deepCopy());
    }
  }

  /** Order and deletions may be given for a list that the patch itself does not mention. */
  private static void directivesWithoutPatch(
      @Nullable StructType type, ObjectNode target, ObjectNode patch) {
    for (String directive : patch.propertyNames()) {
      int slash = directive.indexOf('/') + 1;
      boolean known = directive.startsWith(SET_ORDER) || directive.startsWith(DELETE_PRIMITIVES);
      if (!known) {
        continue;
      }
      String name = directive.substring(slash);
      Field field = type == null ? null : type.field(name);
      if (!patch.has(name)
          && field != null
          && field.facets().merges()
          && target.get(name) instanceof ArrayNode list) {
        target.set(name, listMerge(field, patch).apply(list, Json.mapper().createArrayNode()));
      }
    }
  }

  private static ListMerge listMerge(Field field, ObjectNode patch) {
    return new ListMerge(
        field,
        itemOf(field.type()),
        list(patch, SET_ORDER + field.name()),
        list(patch, DELETE_PRIMITIVES + field.name()));
  }

  private static @Nullable ArrayNode list(ObjectNode patch, String name) {
    JsonNode value = patch.get(name);
    if (value != null && !value.isArray()) {
      throw new PatchSyntaxException(name + " must be a list");
    }
    return (ArrayNode) value;
  }

  private static @Nullable StructType structOf(@Nullable Field field) {
    if (field == null) {
      return null;
    }
    return switch (field.type()) {
      case Struct struct -> struct.struct();
      case MapOf map when map.value() instanceof Struct struct -> null;
      default -> null;
    };
  }

  private static @Nullable StructType itemOf(FieldType type) {
    return type instanceof ListOf list && list.item() instanceof Struct struct
        ? struct.struct()
        : null;
  }

  /** A copy without the directives, for what is taken over as it is. */
  static ObjectNode withoutDirectives(ObjectNode patch) {
    ObjectNode copy = Json.object();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      JsonNode value = entry.getValue();
      if (entry.getKey().startsWith("$") || value.isNull()) {
        continue;
      }
      copy.set(
          entry.getKey(), value instanceof ObjectNode o ? withoutDirectives(o) : value.deepCopy());
    }
    return copy;
  }
}

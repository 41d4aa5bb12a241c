package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes fields that a schema does not have. */
public final class Pruning {

  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final Predicate<String> metadata;
  private final List<String> removed = new ArrayList<>();

  private Pruning(Predicate<String> metadata) {
    this.metadata = metadata;
  }

  /**
   * Prunes a whole object in place; its apiVersion, kind and metadata stay, and of objects within
   * it the fields that metadata have.
   *
   * @param metadata whether metadata have a field of that name
   * @return the paths of what was removed, in document order
   */
  public static List<String> prune(Schema schema, ObjectNode object, Predicate<String> metadata) {
    Pruning pruning = new Pruning(metadata);
    pruning.object(schema, object, true, Path.ROOT);
    return pruning.removed;
  }

  /** The same for a value within an object. */
  static List<String> below(Schema schema, ObjectNode value) {
    Pruning pruning = new Pruning(_ -> true);
    pruning.object(schema, value, schema.marks().embedded(), Path.ROOT);
    return pruning.removed;
  }

  private void value(@Nullable Schema schema, JsonNode value, Path path) {
    if (value instanceof ObjectNode object) {
      object(schema, object, schema != null && schema.marks().embedded(), path);
    } else if (value.isArray()) {
      Schema items = schema == null ? null : schema.shape().items();
      boolean keep = schema != null && schema.marks().preserveUnknown() && items == null;
      for (int i = 0; !keep && i < value.size(); i++) {
        value(items, value.get(i), path.at(i));
      }
    }
  }

  private void object(@Nullable Schema schema, ObjectNode object, boolean resource, Path path) {
    boolean preserve = schema != null && schema.marks().preserveUnknown();
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      if (resource && ENVELOPE.contains(entry.getKey())) {
        boolean within = !path.equals(Path.ROOT) && entry.getKey().equals("metadata");
        if (within && entry.getValue() instanceof ObjectNode own) {
          metadata(own, path.child("metadata"));
        }
        continue;
      }
      Path at = path.child(entry.getKey());
      if (schema != null
          && (schema.shape().properties().containsKey(entry.getKey()) || schema.shape().open())) {
        value(schema.member(entry.getKey()), entry.getValue(), at);
      } else if (!preserve) {
        removed.add(at.toString());
        entries.remove();
      }
    }
  }

  private void metadata(ObjectNode own, Path path) {
    for (String name : List.copyOf(own.propertyNames())) {
      if (!metadata.test(name)) {
        removed.add(path.child(name).toString());
        own.remove(name);
      }
    }
  }
}

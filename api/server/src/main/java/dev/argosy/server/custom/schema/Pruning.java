package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes fields that a schema does not have. */
public final class Pruning {

  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final List<String> removed = new ArrayList<>();

  private Pruning() {}

  /**
   * Prunes a whole object in place; its apiVersion, kind and metadata stay.
   *
   * @return the paths of what was removed, in document order
   */
  public static List<String> prune(Schema schema, ObjectNode object) {
    Pruning pruning = new Pruning();
    pruning.object(schema, object, true, Path.ROOT);
    return pruning.removed;
  }

  /** The same for a value within an object. */
  static List<String> below(Schema schema, ObjectNode value) {
    Pruning pruning = new Pruning();
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
}

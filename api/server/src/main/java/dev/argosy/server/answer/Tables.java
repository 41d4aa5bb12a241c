package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes {@code Table} and {@code PartialObjectMetadata} of objects. */
final class Tables {

  /** What a row tells of its object, besides the cells. */
  enum Include {
    NONE,
    METADATA,
    OBJECT;

    static Include of(String parameter) {
      return switch (parameter) {
        case "None" -> NONE;
        case "Object" -> OBJECT;
        default -> METADATA;
      };
    }
  }

  private final Clock clock;

  Tables(Clock clock) {
    this.clock = clock;
  }

  /**
   * A table of objects.
   *
   * @param listMeta the list's metadata
   * @param header whether columns are named; later events of a watch leave them out
   */
  ObjectNode table(
      KindSchema kind,
      String metaVersion,
      ObjectNode listMeta,
      List<ApiObject> objects,
      TableOptions options) {
    ObjectNode table = Json.object();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/" + metaVersion);
    table.set("metadata", listMeta);
    ArrayNode columns = table.putArray("columnDefinitions");
    if (options.header()) {
      kind.columns().forEach(column -> columns.add(definition(column)));
    }
    ArrayNode rows = table.putArray("rows");
    objects.forEach(object -> rows.add(row(kind, metaVersion, object, options)));
    return table;
  }

  /** How a table is wanted. */
  record TableOptions(boolean header, Include include, boolean withCluster) {}

  private static ObjectNode definition(KindSchema.Column column) {
    return Json.object()
        .put("name", column.name())
        .put("type", column.type())
        .put("format", column.format())
        .put("description", column.description())
        .put("priority", column.priority());
  }

  private ObjectNode row(
      KindSchema kind, String metaVersion, ApiObject object, TableOptions options) {
    ObjectNode tree = object.tree();
    ObjectNode row = Json.object();
    ArrayNode cells = row.putArray("cells");
    kind.cells(tree, clock.instant()).forEach(cell -> cells.addPOJO(cell));
    conditions(kind, tree, row);
    if (options.include() != Include.NONE) {
      ObjectNode shown = options.include() == Include.OBJECT ? tree : partial(tree, metaVersion);
      if (options.withCluster()) {
        ((ObjectNode) shown.get("metadata")).put("clusterName", object.cluster());
      }
      row.set("object", shown);
    }
    return row;
  }

  /** kubectl dims rows of pods that are done; it looks for this condition. */
  private static void conditions(KindSchema kind, ObjectNode tree, ObjectNode row) {
    if (!kind.type().kind().equals("Pod")) {
      return;
    }
    String phase = tree.path("status").path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      boolean good = phase.equals("Succeeded");
      row.putArray("conditions")
          .addObject()
          .put("type", "Completed")
          .put("status", "True")
          .put("reason", phase)
          .put("message", good ? "The pod has completed successfully." : "The pod failed.");
    }
  }

  /** The metadata of an object, as an object of its own. */
  static ObjectNode partial(ObjectNode tree, String metaVersion) {
    ObjectNode partial = Json.object();
    partial
        .put("kind", "PartialObjectMetadata")
        .put("apiVersion", "meta.k8s.io/" + metaVersion)
        .set("metadata", tree.get("metadata"));
    return partial;
  }
}

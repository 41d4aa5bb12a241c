package dev.argosy.model.managed;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Trees, kinds and times for these tests. */
final class Trees {

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  static final KindSchema DEPLOYMENT = kind("apps", "deployments");
  static final KindSchema CONFIG_MAP = kind("", "configmaps");
  static final KindSchema SERVICE = kind("", "services");
  static final KindSchema POD = kind("", "pods");
  static final Application.Door OPEN = new Application.Door(merged -> merged, fields -> fields);

  private Trees() {}

  private static KindSchema kind(String group, String resource) {
    return KINDS.ofCluster("acme").preferred(new GroupResource(group, resource)).orElseThrow();
  }

  /** JSON with single quotes. */
  static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static Writer writer(KindSchema kind, String manager) {
    return new Writer(manager, kind.type().apiVersion(), "");
  }

  static ObjectNode created(KindSchema kind, String manager, String object) {
    ObjectNode tree = json(object);
    FieldTracking.created(kind.shape(), writer(kind, manager), tree, NOON);
    return tree;
  }

  static ObjectNode updated(KindSchema kind, String manager, ObjectNode live, String object) {
    ObjectNode tree = json(object);
    JsonNode managed = live.path("metadata").get("managedFields");
    if (managed != null && tree.get("metadata") instanceof ObjectNode metadata) {
      metadata.set("managedFields", managed);
    }
    FieldTracking.updated(kind.shape(), writer(kind, manager), live, tree, NOON.plusSeconds(60));
    return tree;
  }

  static ObjectNode applied(
      KindSchema kind,
      String manager,
      @Nullable ObjectNode live,
      String configuration,
      boolean force) {
    return new Application(
            kind.shape(), writer(kind, manager), json(configuration), force, NOON.plusSeconds(120))
        .onto(live, OPEN);
  }

  /** The fields of a manager's entry as they stand on the wire; empty text if it has none. */
  static String fields(ObjectNode object, String manager, String operation) {
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      if (entry.path("manager").asString("").equals(manager)
          && entry.path("operation").asString("").equals(operation)) {
        return entry.path("fieldsV1").toString().replace('"', '\'');
      }
    }
    return "";
  }

  static ObjectNode bare(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    ((ObjectNode) copy.path("metadata")).remove("managedFields");
    return copy;
  }
}

package dev.argosy.server.fuzz;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of writes: whole objects, patches of all types, options. */
final class RandomBodies {

  private final Dice dice;
  private final Corpus corpus;
  private final RandomValues values;

  RandomBodies(Dice dice, Corpus corpus, RandomValues values) {
    this.dice = dice;
    this.corpus = corpus;
    this.values = values;
  }

  /** An object of the kind: a known one with something changed, or one made of its fields. */
  ObjectNode object(KindSchema kind, String name, String namespace) {
    String apiVersion = apiVersion(kind);
    List<ObjectNode> known = corpus.of(apiVersion, kind.type().kind());
    ObjectNode object =
        known.isEmpty() || dice.oneIn(3)
            ? kind.struct().map(struct -> values.struct(struct, 0)).orElseGet(this::loose)
            : changed(dice.of(known).deepCopy());
    if (!dice.oneIn(20)) {
      object.put("apiVersion", apiVersion).put("kind", kind.type().kind());
    }
    if (!dice.oneIn(20)) {
      ObjectNode metadata =
          dice.oneIn(3) && object.get("metadata") instanceof ObjectNode own
              ? own
              : object.putObject("metadata");
      metadata.put("name", name);
      if (kind.type().namespaced() && !dice.oneIn(10)) {
        metadata.put("namespace", namespace);
      }
      if (dice.oneIn(4)) {
        metadata.putObject("labels").put("app", values.word());
      }
    }
    return object;
  }

  private static String apiVersion(KindSchema kind) {
    String group = kind.type().group();
    return group.isEmpty() ? kind.type().version() : group + "/" + kind.type().version();
  }

  private ObjectNode loose() {
    return Json.object().set("spec", Json.object().set(values.word(), values.anything(3)));
  }

  /** Goes down into the object some steps and puts something else there; sometimes nothing. */
  private ObjectNode changed(ObjectNode object) {
    int changes = dice.oneIn(2) ? 0 : 1 + dice.below(2);
    for (int i = 0; i < changes; i++) {
      change(object, 6);
    }
    return object;
  }

  private void change(JsonNode node, int depth) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = dice.of(names);
      JsonNode child = object.path(name);
      if (child.isContainer() && depth > 0 && !dice.oneIn(4)) {
        change(child, depth - 1);
      } else if (dice.oneIn(4)) {
        object.remove(name);
      } else {
        object.set(name, values.anything(2));
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      int index = dice.below(array.size());
      if (dice.oneIn(4)) {
        array.add(array.get(index).deepCopy());
      } else {
        change(array.get(index), depth - 1);
      }
    }
  }

  /** A patch's media type and body. */
  Map.Entry<String, byte[]> patch(ObjectNode object) {
    return switch (dice.below(6)) {
      case 0 -> Map.entry("application/json-patch+json", bytes(operations()));
      case 1 -> Map.entry("application/merge-patch+json", bytes(object));
      case 2 -> Map.entry("application/strategic-merge-patch+json", bytes(directives(object)));
      case 3 -> Map.entry("application/apply-patch+yaml", bytes(object));
      case 4 -> Map.entry("application/merge-patch+json", bytes(changed(object)));
      default ->
          Map.entry(
              dice.of("text/plain", "application/json", "application/apply-patch+cbor", "a/b;c=\""),
              bytes(object));
    };
  }

  private ArrayNode operations() {
    ArrayNode operations = Json.mapper().createArrayNode();
    int size = dice.below(4);
    for (int i = 0; i < size; i++) {
      ObjectNode operation = operations.addObject();
      operation.put("op", dice.of("add", "remove", "replace", "move", "copy", "test", "leap"));
      operation.put("path", path());
      operation.put("from", path());
      operation.set("value", values.anything(3));
    }
    return operations;
  }

  private String path() {
    return dice.of(
        "",
        "/",
        "/metadata",
        "/metadata/labels",
        "/metadata/labels/app",
        "/metadata/annotations/a~1b",
        "/metadata/name",
        "/metadata/finalizers/-",
        "/metadata/finalizers/0",
        "/metadata/ownerReferences",
        "/metadata/managedFields/0/fieldsV1",
        "/spec",
        "/spec/containers/0/image",
        "/spec/containers/99999999999",
        "/spec/replicas",
        "/status",
        "/data/~2",
        "no/slash");
  }

  private ObjectNode directives(ObjectNode object) {
    object.put(
        dice.of(
            "$patch",
            "$retainKeys",
            "$setElementOrder/containers",
            "$deleteFromPrimitiveList/finalizers"),
        dice.of("replace", "delete", "merge", "x"));
    if (object.get("spec") instanceof ObjectNode spec && dice.oneIn(2)) {
      spec.set("$setElementOrder/" + dice.of("containers", "ports", "volumes"), values.anything(2));
    }
    return object;
  }

  /** Options of a deletion. */
  ObjectNode deleteOptions() {
    ObjectNode options = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
    if (dice.oneIn(3)) {
      options.put("propagationPolicy", dice.of("Foreground", "Background", "Orphan", "Never"));
    }
    if (dice.oneIn(3)) {
      options.put("gracePeriodSeconds", dice.of(0, 1, -1, 30));
    }
    if (dice.oneIn(5)) {
      options.set(dice.of("preconditions", "dryRun", "orphanDependents"), values.anything(2));
    }
    return options;
  }

  static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}

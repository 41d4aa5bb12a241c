package dev.argosy.controllers.mirror;

import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What to write so that the slices are as wanted; one that fits is kept. */
record MirrorPlan(
    List<ObjectNode> create, Map<MirrorSlice, ObjectNode> update, List<MirrorSlice> delete) {

  MirrorPlan {
    create = List.copyOf(create);
    update = Map.copyOf(update);
    delete = List.copyOf(delete);
  }

  static MirrorPlan of(List<MirrorSlice> present, List<ObjectNode> wanted) {
    List<MirrorSlice> left =
        new ArrayList<>(
            present.stream().sorted(Comparator.comparing(slice -> slice.key().name())).toList());
    List<ObjectNode> create = new ArrayList<>();
    Map<MirrorSlice, ObjectNode> update = new LinkedHashMap<>();
    for (ObjectNode slice : wanted) {
      Optional<MirrorSlice> found = left.stream().filter(one -> one.isFor(slice)).findFirst();
      if (found.isEmpty()) {
        create.add(slice);
      } else {
        left.remove(found.get());
        ObjectNode tree = found.get().object().tree();
        if (take(tree, slice)) {
          update.put(found.get(), tree);
        }
      }
    }
    return new MirrorPlan(create, update, left);
  }

  /** Takes over what is said of the endpoints; whether anything is new. */
  private static boolean take(ObjectNode tree, ObjectNode slice) {
    ObjectNode before = tree.deepCopy();
    tree.set("endpoints", slice.path("endpoints"));
    ObjectNode meta = tree.withObject("/metadata");
    for (String field : List.of("labels", "annotations", "ownerReferences")) {
      JsonNode value = slice.path("metadata").get(field);
      if (value == null) {
        meta.remove(field);
      } else {
        meta.set(field, value);
      }
    }
    return !Json.same(before, tree);
  }
}

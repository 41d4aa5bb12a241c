package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.runtime.Owned;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The CSIStorageCapacities that a class is to have.
 *
 * @param objects by their names
 * @param unheard names of those of which nothing was heard yet: they stay as they are
 */
record RoomPlan(Map<String, ObjectNode> objects, Set<String> unheard) {

  static final RoomPlan NOTHING = new RoomPlan(Map.of(), Set.of());

  /** Every cluster has it, and people seldom look there. */
  static final String NAMESPACE = "kube-system";

  private static final String VERSION = "storage.k8s.io/v1";

  /**
   * Decides.
   *
   * @param places empty if they are not told apart: then nobody is kept away
   * @param answers of drivers
   */
  static RoomPlan of(
      RoomClass of,
      Optional<Set<Map<String, String>>> places,
      Function<Question, Optional<Room>> answers) {
    Map<String, ObjectNode> objects = new TreeMap<>();
    Set<String> unheard = new HashSet<>();
    if (places.isEmpty()) {
      objects.put(name(of, Map.of()), object(of, Map.of(), Room.UNTOLD));
    }
    for (Map<String, String> place : places.orElse(Set.of())) {
      Optional<Room> room = answers.apply(new Question(of.driver(), of.parameters(), place));
      if (room.isPresent()) {
        objects.put(name(of, place), object(of, place, room.get()));
      } else {
        unheard.add(name(of, place));
      }
    }
    return new RoomPlan(objects, unheard);
  }

  /** The same for the same, whoever writes it: nothing is there twice. */
  private static String name(RoomClass of, Map<String, String> place) {
    String what = of.driver() + " " + of.key().name() + " " + new TreeMap<>(place);
    return "csisc-" + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode object(RoomClass of, Map<String, String> place, Room room) {
    ObjectNode object =
        Owned.newObject(
            VERSION,
            "CSIStorageCapacity",
            NAMESPACE,
            Owned.by(VERSION, "StorageClass", of.object()));
    ObjectNode meta = object.withObject("/metadata").put("name", name(of, place));
    meta.putObject("labels")
        .put("csi.storage.k8s.io/drivername", of.driver())
        .put(RoomObject.MANAGED_BY, RoomObject.US);
    object.put("storageClassName", of.key().name());
    ObjectNode nodes = object.putObject("nodeTopology");
    if (!place.isEmpty()) {
      ObjectNode labels = nodes.putObject("matchLabels");
      new TreeMap<>(place).forEach(labels::put);
    }
    object.put("capacity", room.capacity().toString());
    room.largest().ifPresent(largest -> object.put("maximumVolumeSize", largest.toString()));
    return object;
  }

  boolean keeps(String name) {
    return objects.containsKey(name) || unheard.contains(name);
  }

  /** Whether an object says so already. */
  static boolean says(ApiObject present, ObjectNode wanted) {
    return Set.of("capacity", "maximumVolumeSize").stream()
        .allMatch(field -> amount(present.content(), field).equals(amount(wanted, field)));
  }

  private static Optional<Quantity> amount(JsonNode object, String field) {
    return Optional.ofNullable(object.get(field)).map(text -> Quantity.parse(text.asString("0")));
  }

  /** The object, saying so. */
  static ObjectNode onto(ApiObject present, ObjectNode wanted) {
    ObjectNode tree = present.tree();
    for (String field : Set.of("capacity", "maximumVolumeSize")) {
      tree.remove(field);
      if (wanted.has(field)) {
        tree.set(field, wanted.path(field));
      }
    }
    return tree;
  }
}

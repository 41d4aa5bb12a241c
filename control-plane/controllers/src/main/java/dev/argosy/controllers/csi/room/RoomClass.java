package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A StorageClass.
 *
 * @param driver that makes its volumes
 * @param waits whether they are made when the first pod has a node: only then room is looked at
 * @param parameters those that are the driver's
 */
record RoomClass(ApiObject object, String driver, boolean waits, Map<String, String> parameters) {

  /** By logical cluster. */
  static final String BY_CLUSTER = "cluster";

  /** By cluster and driver, those that wait; as {@link #user} writes them. */
  static final String BY_USER = "user";

  /** By {@link #driver}, over all clusters. */
  static final String BY_DRIVER = "driver";

  static final InformerSpec<RoomClass> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.STORAGE_CLASSES),
          RoomClass::of,
          new Index<>(BY_CLUSTER, c -> List.of(c.cluster())),
          new Index<>(BY_USER, c -> c.waits() ? List.of(user(c.cluster(), c.driver())) : List.of()),
          new Index<>(BY_DRIVER, c -> List.of(c.driver())));

  private static final String NOT_THE_DRIVERS = "csi.storage.k8s.io/";

  RoomClass {
    parameters = Map.copyOf(parameters);
  }

  static RoomClass of(ApiObject object) {
    JsonNode tree = object.content();
    Map<String, String> parameters = new HashMap<>();
    tree.path("parameters")
        .forEachEntry((name, value) -> {
          if (!name.startsWith(NOT_THE_DRIVERS)) {
            parameters.put(name, value.asString(""));
          }
        });
    return new RoomClass(
        object,
        tree.path("provisioner").asString(""),
        tree.path("volumeBindingMode").asString("").equals("WaitForFirstConsumer"),
        parameters);
  }

  /** What {@link #BY_USER} files the classes of a cluster under. */
  static String user(String cluster, String driver) {
    return cluster + "/" + driver;
  }

  ObjectKey key() {
    return object.key();
  }

  String cluster() {
    return object.cluster();
  }
}

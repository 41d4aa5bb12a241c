package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two kinds that keep a number of pods. They differ in how they write their selector, and in
 * that only ReplicaSets count terminating pods.
 *
 * @param controller its name in events, and whom its requests come from
 */
record ReplicaKind(GroupResource resource, String apiVersion, String kind, String controller) {

  static final ReplicaKind REPLICA_SET =
      new ReplicaKind(Kinds.REPLICA_SETS, "apps/v1", "ReplicaSet", "replicaset-controller");

  static final ReplicaKind REPLICATION_CONTROLLER =
      new ReplicaKind(
          Kinds.REPLICATION_CONTROLLERS, "v1", "ReplicationController", "replication-controller");

  boolean countsTerminating() {
    return equals(REPLICA_SET);
  }

  /** The selector as a label selector's object. */
  JsonNode selector(JsonNode tree) {
    JsonNode given = tree.path("spec").path("selector");
    if (equals(REPLICA_SET)) {
      return given;
    }
    ObjectNode selector = Json.object();
    if (!given.isEmpty()) {
      selector.set("matchLabels", given);
      return selector;
    }
    return tree.path("nothing");
  }
}

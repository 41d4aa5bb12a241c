package dev.argosy.controllers.disruption;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the owners of pods how many pods they want. */
final class Scales {

  private static final Map<String, GroupResource> SCALED =
      Map.of(
          "Deployment", Kinds.DEPLOYMENTS,
          "ReplicaSet", Kinds.REPLICA_SETS,
          "StatefulSet", Kinds.STATEFUL_SETS,
          "ReplicationController", Kinds.REPLICATION_CONTROLLERS);

  private final ApiClient client;

  Scales(ApiClient client) {
    this.client = client;
  }

  /** Pods without an owner are not expected by anybody, and count for nothing. */
  Scale of(List<PodView> pods) {
    Map<String, Integer> replicas = new HashMap<>();
    Map<String, Boolean> asked = new HashMap<>();
    for (PodView pod : pods) {
      Optional<OwnerReference> owner = pod.object().meta().controller();
      if (owner.isPresent() && asked.putIfAbsent(owner.get().uid(), true) == null) {
        Optional<ApiObject> top = top(pod.key(), owner.get());
        if (top.isEmpty()) {
          return new Scale(0, Optional.of("found no controllers for pod \"" + pod.name() + "\""));
        }
        replicas.put(
            top.get().meta().uid(), top.get().tree().path("spec").path("replicas").asInt(1));
      }
    }
    return Scale.of(replicas.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** The Deployment rather than its ReplicaSet. */
  private Optional<ApiObject> top(ObjectKey near, OwnerReference owner) {
    Optional<ApiObject> found =
        Optional.ofNullable(SCALED.get(owner.kind()))
            .map(r -> new ObjectKey(r, near.cluster(), near.namespace(), owner.name()))
            .flatMap(key -> client.get(key).orAbsent())
            .filter(object -> object.meta().uid().equals(owner.uid()));
    return found
        .flatMap(object -> object.meta().controller())
        .flatMap(above -> top(near, above))
        .or(() -> found);
  }
}

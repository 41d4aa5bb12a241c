package dev.argosy.controllers.disruption;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Asks the owners of pods how many pods they want. */
final class Scales {

  private static final Map<String, GroupResource> SCALED =
      Map.of(
          "apps/Deployment", Kinds.DEPLOYMENTS,
          "apps/ReplicaSet", Kinds.REPLICA_SETS,
          "apps/StatefulSet", Kinds.STATEFUL_SETS,
          "/ReplicationController", Kinds.REPLICATION_CONTROLLERS);

  /** What one owner says. */
  private sealed interface Answer {

    record Replicas(String uid, int count) implements Answer {}

    /** There is nobody to ask. */
    record Nobody() implements Answer {}

    record Problem(String message) implements Answer {}
  }

  private final ApiClient client;
  private final CustomTypes custom;

  Scales(ApiClient client, CustomTypes custom) {
    this.client = client;
    this.custom = custom;
  }

  /** Pods without an owner are not expected by anybody, and count for nothing. */
  Scale of(List<PodView> pods) {
    Map<String, Integer> replicas = new HashMap<>();
    Set<String> asked = new HashSet<>();
    for (PodView pod : pods) {
      Optional<OwnerReference> owner = pod.object().meta().controller();
      if (owner.isPresent() && asked.add(owner.get().uid())) {
        switch (ask(pod.key(), owner.get())) {
          case Answer.Replicas(String uid, int count) -> replicas.put(uid, count);
          case Answer.Nobody nobody -> {
            return new Scale(0, Optional.of("found no controllers for pod \"" + pod.name() + "\""));
          }
          case Answer.Problem(String message) -> {
            return new Scale(0, Optional.of(message));
          }
        }
      }
    }
    return Scale.of(replicas.values().stream().mapToInt(Integer::intValue).sum());
  }

  private Answer ask(ObjectKey near, OwnerReference owner) {
    return custom.of(near.cluster()).stream()
        .filter(type -> type.namespaced() && type.kind().equals(owner.kind()))
        .filter(type -> type.resource().group().equals(group(owner)))
        .findFirst()
        .map(type -> scale(key(type.resource(), near, owner), owner))
        .orElseGet(() ->
            top(near, owner)
                .<Answer>map(object ->
                    new Answer.Replicas(
                        object.meta().uid(), object.tree().path("spec").path("replicas").asInt(1)))
                .orElseGet(Answer.Nobody::new));
  }

  /** Of a custom resource: its {@code scale}, if it has one. */
  private Answer scale(ObjectKey key, OwnerReference owner) {
    return switch (client.get(key, "scale")) {
      case ApiResult.Ok<ObjectNode>(ObjectNode scale)
          when scale.path("metadata").path("uid").asString("").equals(owner.uid()) ->
          new Answer.Replicas(owner.uid(), scale.path("spec").path("replicas").asInt(0));
      case ApiResult.Ok<ObjectNode> another -> new Answer.Nobody();
      case ApiResult.Refused<ObjectNode>(Status status) when status.reason() == Reason.NOT_FOUND ->
          client.get(key).orAbsent().isPresent()
              ? new Answer.Problem(key.resource() + " does not implement the scale subresource")
              : new Answer.Nobody();
      case ApiResult.Refused<ObjectNode>(Status status) -> new Answer.Problem(status.message());
    };
  }

  /** The Deployment rather than its ReplicaSet. */
  private Optional<ApiObject> top(ObjectKey near, OwnerReference owner) {
    Optional<ApiObject> found =
        Optional.ofNullable(SCALED.get(group(owner) + "/" + owner.kind()))
            .flatMap(resource -> client.get(key(resource, near, owner)).orAbsent())
            .filter(object -> object.meta().uid().equals(owner.uid()));
    return found
        .flatMap(object -> object.meta().controller())
        .flatMap(above -> top(near, above))
        .or(() -> found);
  }

  private static ObjectKey key(GroupResource resource, ObjectKey near, OwnerReference owner) {
    return new ObjectKey(resource, near.cluster(), near.namespace(), owner.name());
  }

  private static String group(OwnerReference owner) {
    int slash = owner.apiVersion().indexOf('/');
    return slash < 0 ? "" : owner.apiVersion().substring(0, slash);
  }
}

package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.BySelector;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.selector.LabelSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ReplicaSet, or a ReplicationController, as controllers see it.
 *
 * @param replicas how many pods are asked for
 */
public record ReplicaSetView(
    ReplicaKind kind,
    ApiObject object,
    int replicas,
    int minReadySeconds,
    LabelSelector selector,
    Map<String, String> templateLabels,
    ReplicaSetStatus status) {

  /** By the uid of the managing owner. */
  public static final String BY_OWNER = "owner";

  /** By {@link PodView#place}. */
  public static final String BY_NAMESPACE = "namespace";

  static final BySelector<ReplicaSetView> BY_SELECTOR =
      new BySelector<>(ReplicaSetView::object, ReplicaSetView::selector);

  /** All ReplicaSets of all clusters. */
  public static final InformerSpec<ReplicaSetView> EVERYWHERE = all(ReplicaKind.REPLICA_SET);

  /** All ReplicationControllers of all clusters. */
  static final InformerSpec<ReplicaSetView> REPLICATION_CONTROLLERS =
      all(ReplicaKind.REPLICATION_CONTROLLER);

  private static InformerSpec<ReplicaSetView> all(ReplicaKind kind) {
    return InformerSpec.of(
        ResourceScope.everywhere(kind.resource()),
        object -> of(kind, object),
        new Index<>(BY_OWNER, s -> s.ownerUid().stream().toList()),
        new Index<>(
            BY_NAMESPACE, s -> List.of(PodView.place(s.key().cluster(), s.key().namespace()))),
        BY_SELECTOR.index());
  }

  static ReplicaSetView of(ReplicaKind kind, ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    Map<String, String> labels = new LinkedHashMap<>();
    spec.path("template")
        .path("metadata")
        .path("labels")
        .forEachEntry((key, value) -> labels.put(key, value.asString("")));
    return new ReplicaSetView(
        kind,
        object,
        spec.path("replicas").asInt(1),
        spec.path("minReadySeconds").asInt(0),
        LabelSelector.ofObject(kind.selector(tree)),
        Map.copyOf(labels),
        ReplicaSetStatus.of(tree.path("status")));
  }

  Owner owner() {
    return new Owner(kind.apiVersion(), kind.kind(), object);
  }

  public ObjectKey key() {
    return object.key();
  }

  public String name() {
    return object.name();
  }

  public String uid() {
    return object.meta().uid();
  }

  public boolean deleting() {
    return object.meta().deleting();
  }

  public Optional<String> ownerUid() {
    return object.meta().controller().map(OwnerReference::uid);
  }

  /** A new tree of the pod template. */
  public ObjectNode template() {
    return object.tree().withObject("/spec/template");
  }

  List<Condition> conditions() {
    return status.conditions();
  }
}

package dev.argosy.controllers.volume;

import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A PersistentVolume as the binding loop sees it.
 *
 * @param claim whom it is for; empty if it is free
 * @param places one of these terms must match a node that it is used on; empty for any node
 */
record VolumeView(
    ApiObject object,
    String phase,
    Optional<Ref> claim,
    String storageClass,
    Quantity capacity,
    Set<String> modes,
    String volumeMode,
    boolean deletes,
    List<NodeTerm> places) {

  /** A claim; without a uid it is only reserved for one of that name. */
  record Ref(String namespace, String name, String uid) {}

  /** By logical cluster. */
  static final String BY_CLUSTER = "cluster";

  /** By cluster, namespace and name of its claim. */
  static final String BY_CLAIM = "claim";

  static final InformerSpec<VolumeView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.VOLUMES),
          VolumeView::of,
          new Index<>(BY_CLUSTER, v -> List.of(v.key().cluster())),
          new Index<>(
              BY_CLAIM,
              v ->
                  v
                      .claim()
                      .map(c -> v.key().cluster() + "/" + c.namespace() + "/" + c.name())
                      .stream()
                      .toList()));

  VolumeView {
    modes = Set.copyOf(modes);
    places = List.copyOf(places);
  }

  static VolumeView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    JsonNode ref = spec.path("claimRef");
    Set<String> modes = new HashSet<>();
    spec.path("accessModes").forEach(mode -> modes.add(mode.asString("")));
    List<NodeTerm> places = new ArrayList<>();
    spec.at("/nodeAffinity/required/nodeSelectorTerms")
        .forEach(term -> places.add(NodeTerm.of(term)));
    return new VolumeView(
        object,
        tree.path("status").path("phase").asString(""),
        ref.isObject()
            ? Optional.of(
                new Ref(
                    ref.path("namespace").asString(""),
                    ref.path("name").asString(""),
                    ref.path("uid").asString("")))
            : Optional.empty(),
        spec.path("storageClassName").asString(""),
        Quantity.parse(spec.path("capacity").path("storage").asString("0")),
        modes,
        spec.path("volumeMode").asString("Filesystem"),
        spec.path("persistentVolumeReclaimPolicy").asString("").equals("Delete"),
        places);
  }

  /** Whether the platform made it on a node. */
  boolean local() {
    return StorageClass.LOCAL_PATH.equals(
        object.meta().annotations().get("pv.kubernetes.io/provisioned-by"));
  }

  /** Whether it can be used on a node. */
  boolean reachedFrom(NodeView node) {
    return places.isEmpty()
        || places.stream().anyMatch(t -> t.matches(node.name(), node.object().meta().labels()));
  }

  ObjectKey key() {
    return object.key();
  }

  String name() {
    return object.name();
  }

  /** Whether it is for this claim and no other. */
  boolean isFor(ClaimView wanted) {
    return claim
        .filter(c -> c.namespace().equals(wanted.key().namespace()))
        .filter(c -> c.name().equals(wanted.key().name()))
        .filter(c -> c.uid().isEmpty() || c.uid().equals(wanted.uid()))
        .isPresent();
  }
}

package dev.argosy.controllers.volume;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.selector.LabelSelector;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A PersistentVolumeClaim as the loops of volumes see it.
 *
 * @param volume the name of its volume; empty if it has none yet
 * @param storageClass empty if it wants none
 * @param selector which volumes it takes; empty for any
 * @param node that the scheduler has chosen for its first pod; empty before
 */
public record ClaimView(
    ApiObject object,
    String phase,
    String volume,
    String storageClass,
    Quantity request,
    Set<String> modes,
    String volumeMode,
    Optional<LabelSelector> selector,
    String node) {

  public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  static final String BOUND = "pv.kubernetes.io/bind-completed";
  static final String BY_US = "pv.kubernetes.io/bound-by-controller";
  public static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";

  /** By logical cluster. */
  static final String BY_CLUSTER = "cluster";

  /** By the claim that they are to be filled from, as {@link #filed} writes it. */
  public static final String BY_SOURCE = "source";

  public static final InformerSpec<ClaimView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.VOLUME_CLAIMS),
          ClaimView::of,
          new Index<>(BY_CLUSTER, c -> List.of(c.key().cluster())),
          new Index<>(BY_SOURCE, c -> c.source().map(ClaimView::filed).stream().toList()));

  public ClaimView {
    modes = Set.copyOf(modes);
  }

  static ClaimView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    Set<String> modes = new HashSet<>();
    spec.path("accessModes").forEach(mode -> modes.add(mode.asString("")));
    return new ClaimView(
        object,
        tree.path("status").path("phase").asString(""),
        spec.path("volumeName").asString(""),
        spec.path("storageClassName").asString(""),
        Quantity.parse(spec.at("/resources/requests/storage").asString("0")),
        modes,
        spec.path("volumeMode").asString("Filesystem"),
        Optional.ofNullable(spec.get("selector")).map(LabelSelector::ofObject),
        object.meta().annotations().getOrDefault(SELECTED_NODE, ""));
  }

  public ObjectKey key() {
    return object.key();
  }

  public String uid() {
    return object.meta().uid();
  }

  public boolean deleting() {
    return object.meta().deleting();
  }

  public Owner owner() {
    return new Owner("v1", "PersistentVolumeClaim", object);
  }

  public ObjectKey volumeKey() {
    return new ObjectKey(Kinds.VOLUMES, key().cluster(), "", volume);
  }

  /** From what its volume is to be filled; empty if that is to begin empty. */
  public Optional<DataSource> dataSource() {
    return DataSource.of(object.content().path("spec"));
  }

  /** The claim beside it that its volume is to be a copy of. */
  public Optional<ObjectKey> source() {
    return dataSource()
        .filter(DataSource::isClaim)
        .filter(s -> s.namespace().isEmpty() || s.namespace().equals(key().namespace()))
        .map(s -> new ObjectKey(Kinds.VOLUME_CLAIMS, key().cluster(), key().namespace(), s.name()));
  }

  /** What {@link #BY_SOURCE} files the copies of a claim under. */
  public static String filed(ObjectKey claim) {
    return claim.cluster() + "/" + claim.namespace() + "/" + claim.name();
  }
}

package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A volume as the scheduler sees it.
 *
 * @param places one of these terms must match its node; empty if it can be used everywhere
 * @param driver what attaches it; empty if it is of another kind
 * @param handle what it is to the driver
 * @param free what it offers while no claim has it
 */
public record VolumeView(List<NodeTerm> places, String driver, String handle, Optional<Free> free) {

  /**
   * A volume that a claim can have.
   *
   * @param filed cluster and class, as {@link #ofClass} writes them
   * @param mode {@code Filesystem} or {@code Block}
   */
  record Free(
      String filed, Quantity size, Set<String> modes, String mode, Map<String, String> labels) {
    Free {
      modes = Set.copyOf(modes);
      labels = Map.copyOf(labels);
    }
  }

  /** Those that are free, by {@link #ofClass}. */
  static final String BY_CLASS = "class";

  static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");

  /** All volumes of all clusters. */
  public static final InformerSpec<VolumeView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(VOLUMES),
          VolumeView::of,
          new Index<>(BY_CLASS, v -> v.free().map(Free::filed).stream().toList()));

  public VolumeView {
    places = List.copyOf(places);
  }

  static VolumeView of(ApiObject volume) {
    List<NodeTerm> terms = new ArrayList<>();
    volume
        .tree()
        .at("/spec/nodeAffinity/required/nodeSelectorTerms")
        .forEach(term -> terms.add(NodeTerm.of(term)));
    JsonNode csi = volume.tree().at("/spec/csi");
    return new VolumeView(
        terms,
        csi.path("driver").asString(""),
        csi.path("volumeHandle").asString(""),
        free(volume));
  }

  private static Optional<Free> free(ApiObject volume) {
    JsonNode spec = volume.content().path("spec");
    if (spec.path("claimRef").isObject() || volume.meta().deleting()) {
      return Optional.empty();
    }
    return Optional.of(
        new Free(
            ofClass(volume.cluster(), spec.path("storageClassName").asString("")),
            Quantity.parse(spec.at("/capacity/storage").asString("0")),
            ClaimView.modes(spec),
            spec.path("volumeMode").asString("Filesystem"),
            volume.meta().labels()));
  }

  /** What {@link #BY_CLASS} files it under. */
  static String ofClass(String cluster, String storageClass) {
    return cluster + "/" + storageClass;
  }

  /** Whether it would be bound to the claim; the loop that binds has the same rule. */
  boolean serves(ClaimView claim) {
    ClaimView.Wish wish = claim.wish();
    return !wish.filled()
        && free.filter(f ->
                f.size().compareTo(claim.size()) >= 0
                    && f.modes().containsAll(wish.modes())
                    && f.mode().equals(wish.mode())
                    && wish.selector().map(s -> s.matches(f.labels())).orElse(true))
            .isPresent();
  }
}

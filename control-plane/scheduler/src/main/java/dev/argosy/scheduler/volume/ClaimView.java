package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.selector.LabelSelector;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A volume claim as the scheduler sees it.
 *
 * @param node where its volume is to be; empty while it may be anywhere
 * @param volume the volume that it is bound to; empty if none
 * @param storageClass its class; empty if it asks for none
 * @param size that it asks for
 * @param owner the uid of what manages it; empty if nothing does
 * @param alone whether a single pod may use it at a time
 * @param wish which of the volumes that are there it would take
 */
public record ClaimView(
    String node,
    String volume,
    String storageClass,
    Quantity size,
    String owner,
    boolean alone,
    boolean deleting,
    Wish wish) {

  /**
   * Which volumes a claim takes.
   *
   * @param mode {@code Filesystem} or {@code Block}
   * @param filled whether it says what its volume is to hold: no free one does
   */
  record Wish(Set<String> modes, String mode, Optional<LabelSelector> selector, boolean filled) {
    Wish {
      modes = Set.copyOf(modes);
    }
  }

  static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  /** All claims of all clusters. */
  public static final InformerSpec<ClaimView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(CLAIMS), ClaimView::of);

  static ClaimView of(ApiObject claim) {
    JsonNode spec = claim.content().path("spec");
    return new ClaimView(
        claim.meta().annotations().getOrDefault(SELECTED_NODE, ""),
        spec.path("volumeName").asString(""),
        spec.path("storageClassName").asString(""),
        Quantity.parse(spec.at("/resources/requests/storage").asString("0")),
        claim.meta().controller().map(OwnerReference::uid).orElse(""),
        modes(spec).contains("ReadWriteOncePod"),
        claim.meta().deleting(),
        new Wish(
            modes(spec),
            spec.path("volumeMode").asString("Filesystem"),
            Optional.ofNullable(spec.get("selector")).map(LabelSelector::ofObject),
            spec.path("dataSource").isObject() || spec.path("dataSourceRef").isObject()));
  }

  static Set<String> modes(JsonNode spec) {
    Set<String> modes = new HashSet<>();
    spec.path("accessModes").forEach(mode -> modes.add(mode.asString("")));
    return modes;
  }

  /** The key of a claim beside a pod. */
  static ObjectKey key(ObjectKey pod, String claim) {
    return new ObjectKey(CLAIMS, pod.cluster(), pod.namespace(), claim);
  }
}

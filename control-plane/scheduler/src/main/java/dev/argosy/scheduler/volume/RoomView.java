package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.scheduler.node.NodeView;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How large a volume a driver can make for the nodes of a place: a CSIStorageCapacity.
 *
 * @param storage cluster and name of the class
 * @param nodes which these are; empty for none
 * @param largest size of one volume; zero if nothing is known of it
 */
public record RoomView(String storage, Optional<LabelSelector> nodes, Quantity largest) {

  private static final GroupResource CAPACITIES =
      new GroupResource("storage.k8s.io", "csistoragecapacities");

  /** By {@link #storage}. */
  static final String BY_CLASS = "class";

  /** Those of all clusters. */
  public static final InformerSpec<RoomView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(CAPACITIES),
          RoomView::of,
          new Index<>(BY_CLASS, room -> List.of(room.storage())));

  static RoomView of(ApiObject object) {
    JsonNode tree = object.content();
    String largest = tree.path("maximumVolumeSize").asString("");
    return new RoomView(
        ofClass(object.cluster(), tree.path("storageClassName").asString("")),
        Optional.ofNullable(tree.get("nodeTopology")).map(LabelSelector::ofObject),
        Quantity.parse(largest.isEmpty() ? tree.path("capacity").asString("0") : largest));
  }

  /** What {@link #BY_CLASS} files it under. */
  static String ofClass(String cluster, String name) {
    return cluster + "/" + name;
  }

  /** Whether a volume of that size can be made for the node. */
  boolean takes(Quantity size, NodeView node) {
    return size.compareTo(largest) <= 0
        && nodes.filter(selector -> selector.matches(node.labels())).isPresent();
  }
}

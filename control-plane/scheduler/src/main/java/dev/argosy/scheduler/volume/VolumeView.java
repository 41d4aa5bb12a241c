package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A volume as the scheduler sees it.
 *
 * @param places one of these terms must match its node; empty if it can be used everywhere
 * @param driver what attaches it; empty if it is of another kind
 * @param handle what it is to the driver
 */
public record VolumeView(List<NodeTerm> places, String driver, String handle) {

  static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");

  /** All volumes of all clusters. */
  public static final InformerSpec<VolumeView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(VOLUMES), VolumeView::of);

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
        terms, csi.path("driver").asString(""), csi.path("volumeHandle").asString(""));
  }
}

package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;

/**
 * Where a claim's volume is, or is to be.
 *
 * @param node empty while it may be anywhere
 */
public record ClaimNode(String node) {

  static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  /** Of all claims of all clusters. */
  public static final InformerSpec<ClaimNode> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(CLAIMS), ClaimNode::of);

  static ClaimNode of(ApiObject claim) {
    return new ClaimNode(claim.meta().annotations().getOrDefault(SELECTED_NODE, ""));
  }
}

package dev.argosy.controllers.topology;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import java.util.Map;

/**
 * What a node adds to its zone.
 *
 * @param counts whether it is ready and not one of the control plane
 * @param zone empty if it says none
 * @param milliCpu what pods may have of its processors
 */
record ZonedNode(String pool, boolean counts, String zone, long milliCpu) {

  /** All nodes; they live in root. */
  static final InformerSpec<ZonedNode> ALL =
      InformerSpec.of(ResourceScope.cluster(Kinds.NODES, Kinds.ROOT), ZonedNode::of);

  static ZonedNode of(ApiObject node) {
    Map<String, String> labels = node.meta().labels();
    boolean control =
        labels.containsKey("node-role.kubernetes.io/control-plane")
            || labels.containsKey("node-role.kubernetes.io/master");
    var status = node.content().path("status");
    String cpu = status.path("allocatable").path("cpu").asString("");
    return new ZonedNode(
        labels.getOrDefault(PoolGrants.POOL_LABEL, PoolGrants.DEFAULT_POOL),
        !control && Condition.isTrue(Condition.read(status), "Ready"),
        labels.getOrDefault("topology.kubernetes.io/zone", ""),
        cpu.isEmpty() ? 0 : Quantity.parse(cpu).milliValue());
  }
}

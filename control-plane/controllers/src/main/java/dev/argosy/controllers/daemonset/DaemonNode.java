package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A node as DaemonSets see it. */
record DaemonNode(String name, String pool, Map<String, String> labels, List<Taint> taints) {

  /** What keeps pods from it. */
  record Taint(String key, String value, String effect) {}

  /** All nodes; they live in root. */
  static final InformerSpec<DaemonNode> ALL =
      InformerSpec.of(ResourceScope.cluster(Kinds.NODES, Kinds.ROOT), DaemonNode::of);

  DaemonNode {
    taints = List.copyOf(taints);
  }

  static DaemonNode of(ApiObject node) {
    List<Taint> taints = new ArrayList<>();
    for (JsonNode taint : node.content().path("spec").path("taints")) {
      taints.add(
          new Taint(
              taint.path("key").asString(""),
              taint.path("value").asString(""),
              taint.path("effect").asString("")));
    }
    Map<String, String> labels = node.meta().labels();
    return new DaemonNode(
        node.name(),
        labels.getOrDefault(PoolGrants.POOL_LABEL, PoolGrants.DEFAULT_POOL),
        labels,
        taints);
  }
}

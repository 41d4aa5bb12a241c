package dev.argosy.agent.network.service;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;

/**
 * Where this node is.
 *
 * @param node its name
 * @param zone empty while it is in none, or that is not known
 */
public record NodePlace(String node, String zone) {

  private static final GroupResource NODES = new GroupResource("", "nodes");

  /** Of one node; nodes live in root. */
  static InformerSpec<NodePlace> spec(String node) {
    return InformerSpec.<NodePlace>of(ResourceScope.cluster(NODES, "root"), NodePlace::of)
        .withFieldSelector("metadata.name=" + node);
  }

  static ObjectKey key(String node) {
    return new ObjectKey(NODES, "root", "", node);
  }

  static NodePlace of(ApiObject node) {
    return new NodePlace(
        node.name(), node.meta().labels().getOrDefault("topology.kubernetes.io/zone", ""));
  }
}

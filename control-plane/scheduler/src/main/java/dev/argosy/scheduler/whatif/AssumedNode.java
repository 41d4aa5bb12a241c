package dev.argosy.scheduler.whatif;

import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Nodes that are not there. */
final class AssumedNode {

  private static final String HOST = "kubernetes.io/hostname";
  private static final int USUAL_PODS = 110;

  private AssumedNode() {}

  /** A node of the size, labels and taints that a query tells. */
  static NodeView of(JsonNode shape, String name, List<NodeView> present)
      throws Asked.UnknownNodeException {
    String like = shape.path("like").asString("");
    NodeView base = like.isEmpty() ? sized(shape, name) : find(like, present);
    Map<String, String> labels = new HashMap<>(base.labels());
    shape.path("labels").forEachEntry((key, value) -> labels.put(key, value.asString("")));
    if (!labels.containsKey(PoolGrants.POOL_LABEL)) {
      usablePool(present, labels);
    }
    List<Taint> taints = new ArrayList<>(base.taints());
    for (JsonNode taint : shape.path("taints")) {
      taints.add(
          new Taint(
              taint.path("key").asString(""),
              taint.path("value").asString(""),
              taint.path("effect").asString("")));
    }
    return named(base, name, labels, taints);
  }

  private static NodeView sized(JsonNode shape, String name) {
    JsonNode allocatable = shape.path("allocatable");
    String pods = allocatable.path("pods").asString("");
    return new NodeView(
        name,
        Map.of(),
        false,
        List.of(),
        Resources.of(allocatable),
        pods.isEmpty() ? USUAL_PODS : (int) Quantity.parse(pods).value(),
        Map.of());
  }

  private static NodeView find(String name, List<NodeView> present)
      throws Asked.UnknownNodeException {
    for (NodeView node : present) {
      if (node.name().equals(name)) {
        return node;
      }
    }
    throw new Asked.UnknownNodeException(name);
  }

  /** A new node is of the pool of the others, where none is in the default one. */
  private static void usablePool(List<NodeView> present, Map<String, String> labels) {
    boolean usual = present.stream().anyMatch(n -> n.pool().equals(PoolGrants.DEFAULT_POOL));
    if (!usual && !present.isEmpty()) {
      labels.put(PoolGrants.POOL_LABEL, present.getFirst().pool());
    }
  }

  /** One more node like this one, with another name and nothing on it. */
  static NodeView another(NodeView node, String name) {
    return named(node, name, new HashMap<>(node.labels()), node.taints());
  }

  private static NodeView named(
      NodeView node, String name, Map<String, String> labels, List<Taint> taints) {
    labels.put(HOST, name);
    return new NodeView(name, labels, false, taints, node.allocatable(), node.maxPods(), Map.of());
  }
}

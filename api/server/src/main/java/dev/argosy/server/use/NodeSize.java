package dev.argosy.server.use;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.cache.ResourceCaches;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How much a node can use at the most; what is more is a mistake or a lie.
 *
 * @param cores of CPU
 * @param memoryBytes of memory
 */
public record NodeSize(double cores, double memoryBytes) {

  static final GroupResource NODES = new GroupResource("", "nodes");

  /** Of a node that does not say: no machine is larger. */
  static final NodeSize LARGEST = new NodeSize(4096, Math.scalb(1.0, 46));

  /** As the node's object says. */
  static NodeSize of(ResourceCaches caches, String node) {
    ObjectKey key = new ObjectKey(NODES, ClusterDirectory.ROOT, "", node);
    Optional<ApiObject> object = caches.of(NODES).snapshot().get(key);
    return object
        .map(known -> known.derived(NodeSize.class, NODES, NodeSize::read))
        .orElse(LARGEST);
  }

  private static NodeSize read(ApiObject node) {
    JsonNode capacity = node.tree().path("status").path("capacity");
    return new NodeSize(
        amount(capacity.path("cpu"), LARGEST.cores),
        amount(capacity.path("memory"), LARGEST.memoryBytes));
  }

  private static double amount(JsonNode quantity, double most) {
    try {
      double amount = Quantity.parse(quantity.asString("")).amount().doubleValue();
      return amount > 0 ? Math.min(amount, most) : most;
    } catch (IllegalArgumentException e) {
      return most;
    }
  }
}

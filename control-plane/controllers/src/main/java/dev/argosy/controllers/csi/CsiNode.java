package dev.argosy.controllers.csi;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The drivers that are registered on a node, by name. */
public record CsiNode(String name, Map<String, Registered> drivers) {

  /**
   * A driver there.
   *
   * @param id what the node is to the driver
   * @param keys the labels of nodes that say from where its volumes are reached
   */
  public record Registered(String id, List<String> keys) {
    public Registered {
      keys = List.copyOf(keys);
    }
  }

  static final String BY_DRIVER = "driver";

  /** They live where nodes do. */
  public static final InformerSpec<CsiNode> ALL =
      InformerSpec.of(
          ResourceScope.cluster(Kinds.CSI_NODES, Kinds.ROOT),
          CsiNode::of,
          new Index<>(BY_DRIVER, n -> List.copyOf(n.drivers().keySet())));

  public CsiNode {
    drivers = Map.copyOf(drivers);
  }

  public static ObjectKey key(String node) {
    return new ObjectKey(Kinds.CSI_NODES, Kinds.ROOT, "", node);
  }

  static CsiNode of(ApiObject object) {
    Map<String, Registered> drivers = new HashMap<>();
    for (JsonNode driver : object.content().at("/spec/drivers")) {
      List<String> keys = new ArrayList<>();
      driver.path("topologyKeys").forEach(key -> keys.add(key.asString("")));
      drivers.put(
          driver.path("name").asString(""),
          new Registered(driver.path("nodeID").asString(""), keys));
    }
    return new CsiNode(object.name(), drivers);
  }

  public Optional<Registered> driver(String driver) {
    return Optional.ofNullable(drivers.get(driver));
  }
}

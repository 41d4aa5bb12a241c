package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the storage drivers of a node say of it.
 *
 * @param limits how many volumes the node takes, by driver; drivers that say nothing are missing
 */
public record CsiNodeView(Map<String, Integer> limits) {

  private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
  private static final String HOME = "root";

  /** Those with a limit, by its driver. */
  static final String BY_DRIVER = "driver";

  /** Those of all nodes; they live where nodes do. */
  public static final InformerSpec<CsiNodeView> ALL =
      InformerSpec.of(
          ResourceScope.cluster(CSI_NODES, HOME),
          CsiNodeView::of,
          new Index<>(BY_DRIVER, node -> node.limits().keySet()));

  public CsiNodeView {
    limits = Map.copyOf(limits);
  }

  static ObjectKey key(String node) {
    return new ObjectKey(CSI_NODES, HOME, "", node);
  }

  static CsiNodeView of(ApiObject node) {
    Map<String, Integer> limits = new HashMap<>();
    for (JsonNode driver : node.tree().path("spec").path("drivers")) {
      JsonNode count = driver.path("allocatable").path("count");
      if (count.isNumber()) {
        limits.put(driver.path("name").asString(""), count.asInt());
      }
    }
    return new CsiNodeView(limits);
  }
}

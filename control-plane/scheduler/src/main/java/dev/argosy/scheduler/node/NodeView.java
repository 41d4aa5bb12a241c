package dev.argosy.scheduler.node;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.scheduler.pod.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A node as the scheduler sees it, without what runs there.
 *
 * @param allocatable what pods may take together
 * @param maxPods how many pods it takes
 * @param images sizes in bytes of the images that it has, by every name
 */
public record NodeView(
    String name,
    Map<String, String> labels,
    boolean unschedulable,
    List<Taint> taints,
    Resources allocatable,
    int maxPods,
    Map<String, Long> images) {

  /** All nodes; they live in root. */
  public static final InformerSpec<NodeView> ALL =
      InformerSpec.of(ResourceScope.cluster(new GroupResource("", "nodes"), "root"), NodeView::of);

  private static final int USUAL_PODS = 110;
  private static final String FILL_LABEL = "argosy.dev/fill";

  public NodeView {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    images = Map.copyOf(images);
  }

  static NodeView of(ApiObject node) {
    JsonNode tree = node.content();
    JsonNode status = tree.path("status");
    JsonNode allocatable =
        status.has("allocatable") ? status.path("allocatable") : status.path("capacity");
    String pods = allocatable.path("pods").asString("");
    return new NodeView(
        node.name(),
        node.meta().labels(),
        tree.path("spec").path("unschedulable").asBoolean(false),
        taints(tree.path("spec")),
        Resources.of(allocatable),
        pods.isEmpty() ? USUAL_PODS : (int) Quantity.parse(pods).value(),
        images(status));
  }

  private static List<Taint> taints(JsonNode spec) {
    List<Taint> taints = new ArrayList<>();
    for (JsonNode t : spec.path("taints")) {
      taints.add(
          new Taint(
              t.path("key").asString(""),
              t.path("value").asString(""),
              t.path("effect").asString("")));
    }
    return taints;
  }

  private static Map<String, Long> images(JsonNode status) {
    Map<String, Long> images = new HashMap<>();
    for (JsonNode image : status.path("images")) {
      long size = image.path("sizeBytes").asLong(0);
      image.path("names").forEach(name -> images.put(name.asString(""), size));
    }
    return images;
  }

  /**
   * Whether nodes of its pool are to be filled one after another; any other word than pack is no.
   */
  public boolean packs() {
    return "pack".equals(labels.get(FILL_LABEL));
  }

  public String pool() {
    return labels.getOrDefault(PoolGrants.POOL_LABEL, PoolGrants.DEFAULT_POOL);
  }
}

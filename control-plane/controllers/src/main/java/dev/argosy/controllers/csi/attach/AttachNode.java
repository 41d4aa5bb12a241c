package dev.argosy.controllers.csi.attach;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A node to which volumes are attached.
 *
 * @param down whether somebody vouches that it is not ready and runs nothing any more
 * @param attached by what names its status says so
 * @param used which of these its agent has mounted, or is about to mount
 */
record AttachNode(
    String name, boolean ready, boolean down, Set<String> attached, Set<String> used) {

  static final String BY_ATTACHED = "attached";

  static final InformerSpec<AttachNode> ALL =
      InformerSpec.of(
          ResourceScope.cluster(Kinds.NODES, Kinds.ROOT),
          AttachNode::of,
          new Index<>(BY_ATTACHED, n -> List.copyOf(n.attached())));

  AttachNode {
    attached = Set.copyOf(attached);
    used = Set.copyOf(used);
  }

  static ObjectKey key(String name) {
    return new ObjectKey(Kinds.NODES, Kinds.ROOT, "", name);
  }

  static AttachNode of(ApiObject object) {
    JsonNode tree = object.content();
    boolean ready = false;
    for (JsonNode condition : tree.at("/status/conditions")) {
      ready |=
          condition.path("type").asString("").equals("Ready")
              && condition.path("status").asString("").equals("True");
    }
    boolean out = false;
    for (JsonNode taint : tree.at("/spec/taints")) {
      out |= taint.path("key").asString("").equals("node.kubernetes.io/out-of-service");
    }
    Set<String> attached = new HashSet<>();
    tree.at("/status/volumesAttached").forEach(v -> attached.add(v.path("name").asString("")));
    Set<String> used = new HashSet<>();
    tree.at("/status/volumesInUse").forEach(v -> used.add(v.asString("")));
    return new AttachNode(object.name(), ready, out && !ready, attached, used);
  }
}

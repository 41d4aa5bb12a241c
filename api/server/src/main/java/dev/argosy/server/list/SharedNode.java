package dev.argosy.server.list;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tenant sees of a node that it shares with others: not what is there on behalf of
 * somebody's pods, images and volumes by their names.
 */
final class SharedNode {

  private static final List<String> OF_PODS = List.of("images", "volumesInUse", "volumesAttached");

  private record Form(ApiObject object) {}

  private SharedNode() {}

  /** The same for all tenants, and made once for each revision. */
  static ApiObject of(ApiObject node) {
    return node.derived(Form.class, SharedNode.class, SharedNode::form).object();
  }

  private static Form form(ApiObject node) {
    ObjectNode tree = node.tree();
    if (tree.path("status") instanceof ObjectNode status) {
      status.remove(OF_PODS);
    }
    tree.withObject("/metadata").remove("resourceVersion"); // comes with the revision
    byte[] json = Json.mapper().writeValueAsBytes(tree);
    return new Form(ApiObject.ofStored(node.key(), node.revision(), json));
  }
}

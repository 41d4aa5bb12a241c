package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.registry.KindTables;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Empties a logical cluster that takes nothing new any more. Pods end gracefully. When none is
 * left, nobody can be there who would serve a finalizer, so what waits for one is let go.
 */
final class ClusterRemoval {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final ListOptions PAGE = new ListOptions("", "", 500, "", "", "");

  private final ApiClient client;
  private final KindTables kinds;

  ClusterRemoval(ApiClient client, KindTables kinds) {
    this.client = client;
    this.kinds = kinds;
  }

  /**
   * Asks for the deletion of all that is there, a page of each resource at a time.
   *
   * @return true if there was nothing any more
   * @throws StatusException if the API refuses
   */
  boolean empty(String cluster) {
    boolean pods = list(PODS, cluster).items().isEmpty();
    boolean nothing = true;
    for (GroupResource resource : resources(cluster, false)) {
      for (ApiObject object : list(resource, cluster).items()) {
        nothing = false;
        remove(object, pods);
      }
    }
    boolean nothingCustom = emptyCustom(cluster, pods);
    return nothing && nothingCustom;
  }

  /**
   * Custom resources may be impossible to list for a while: their webhook is gone, or their
   * definition is. Once that is being deleted they can.
   */
  private boolean emptyCustom(String cluster, boolean noPods) {
    boolean nothing = true;
    for (GroupResource resource : resources(cluster, true)) {
      switch (client.list(ResourceScope.cluster(resource, cluster), PAGE)) {
        case ApiResult.Ok<ObjectList>(ObjectList page) -> {
          nothing &= page.items().isEmpty();
          page.items().forEach(object -> remove(object, noPods));
        }
        case ApiResult.Refused<ObjectList> refused -> nothing = false;
      }
    }
    return nothing;
  }

  private Set<GroupResource> resources(String cluster, boolean custom) {
    Set<GroupResource> resources = new LinkedHashSet<>();
    for (KindSchema kind : kinds.of(cluster).all()) {
      ResourceType type = kind.type();
      if (kind.struct().isEmpty() != custom) {
        continue;
      }
      // a tenant's nodes are the platform's, only shown
      if (type.stored() && type.verbs().contains("delete") && !type.groupResource().equals(NODES)) {
        resources.add(type.groupResource());
      }
    }
    return resources;
  }

  private ObjectList list(GroupResource resource, String cluster) {
    return client.list(ResourceScope.cluster(resource, cluster), PAGE).orThrow();
  }

  private void remove(ApiObject object, boolean noPods) {
    if (!object.meta().deleting()) {
      pass(client.delete(object.key(), DeleteOptions.ofUid(object.meta().uid())));
    } else if (object.key().resource().equals(Definition.RESOURCE)) {
      return; // goes by itself once it has no objects
    } else if (noPods && !object.meta().finalizers().isEmpty()) {
      ObjectNode tree = object.tree();
      tree.withObject("metadata").remove("finalizers");
      pass(client.update(object.key(), tree));
    } else if (noPods && object.key().resource().equals(NAMESPACES)) {
      finish(object);
    }
  }

  /** What the namespace controller does too; whoever is first. */
  private void finish(ApiObject namespace) {
    ObjectNode tree = namespace.tree();
    tree.withObject("spec").putArray("finalizers");
    pass(client.update(namespace.key(), "finalize", tree));
  }

  /** Gone or changed in the meantime is as good; the next round sees. */
  private static void pass(ApiResult<ApiObject> result) {
    if (result instanceof ApiResult.Refused<ApiObject> refused
        && refused.status().reason() != Reason.NOT_FOUND
        && refused.status().reason() != Reason.CONFLICT) {
      throw new StatusException(refused.status());
    }
  }
}

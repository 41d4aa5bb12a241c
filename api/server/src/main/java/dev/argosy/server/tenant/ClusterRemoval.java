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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Empties a logical cluster that takes nothing new any more. Pods end gracefully. When none is
 * left, nobody can be there who would serve a finalizer, so what waits for one is let go; but
 * drivers of the platform have their volumes deleted and detached first ({@link StorageEnd}).
 */
final class ClusterRemoval {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final ListOptions PAGE = new ListOptions("", "", 500, "", "", "");

  private final ApiClient client;
  private final KindTables kinds;
  private final ClusterStorage storage;

  ClusterRemoval(ApiClient client, KindTables kinds, ClusterStorage storage) {
    this.client = client;
    this.kinds = kinds;
    this.storage = storage;
  }

  /**
   * What came of a pass.
   *
   * @param nothing whether there was nothing any more
   * @param waits for which of the storage; empty if for none
   */
  record Pass(boolean nothing, Optional<String> waits) {}

  /**
   * Asks for the deletion of all that is there, a page of each resource at a time.
   *
   * @throws StatusException if the API refuses
   */
  Pass empty(ApiObject tenant) {
    String cluster = tenant.name();
    StorageEnd end = storage.of(cluster);
    boolean waits = end.waits().isPresent();
    boolean noPods = list(PODS, cluster).items().isEmpty();
    boolean nothing = true;
    for (GroupResource resource : resources(cluster, false)) {
      List<ApiObject> page = list(resource, cluster).items();
      nothing &= page.isEmpty();
      if (!waits || !ClusterStorage.NEEDED.contains(resource)) {
        page.forEach(object -> remove(tenant, object, noPods, end.of(object.key())));
      }
    }
    boolean nothingCustom = emptyCustom(cluster, noPods);
    return new Pass(nothing && nothingCustom, end.waits());
  }

  private void remove(ApiObject tenant, ApiObject object, boolean noPods, VolumeEnd end) {
    switch (end) {
      case VolumeEnd.Goes goes -> remove(object, noPods);
      case VolumeEnd.Keeps keeps -> {
        if (!object.meta().deleting()) {
          storage.tell(tenant, object, keeps);
        }
        remove(object, noPods);
      }
      case VolumeEnd.Waits waits -> {
        if (object.key().resource().equals(StorageEnd.CLAIMS)) {
          remove(object, false);
          release(object, noPods);
        }
      }
    }
  }

  /** From all but what keeps it until its driver has answered. */
  private void release(ApiObject claim, boolean noPods) {
    List<String> kept =
        claim.meta().finalizers().stream().filter(StorageEnd.AT_DRIVERS::contains).toList();
    if (noPods && claim.meta().deleting() && kept.size() < claim.meta().finalizers().size()) {
      ObjectNode tree = claim.tree();
      ArrayNode finalizers = tree.withObject("metadata").putArray("finalizers");
      kept.forEach(finalizers::add);
      pass(client.update(claim.key(), tree));
    }
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

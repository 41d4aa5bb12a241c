package dev.argosy.server.tenant;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods that nobody would make again, as they were asked for: kept in the platform's own store while
 * their tenant is suspended, where neither the tenant's quotas nor its policies can refuse them.
 * Not served; any thread may call.
 */
final class KeptPods {

  private static final GroupResource RESOURCE =
      new GroupResource(Tenant.RESOURCE.group(), "keptpods");
  private static final GroupResource PODS = new GroupResource("", "pods");

  /** What a new pod may not have, or gets anew. */
  private static final List<String> OF_ITS_RUN =
      List.of("nodeName", "ephemeralContainers", "schedulingGates");

  private static final Set<String> METADATA =
      Set.of("name", "namespace", "labels", "annotations", "ownerReferences", "finalizers");

  private final ResourceStore store;

  KeptPods(ResourceStore store) {
    this.store = store;
  }

  /**
   * A pod as it was.
   *
   * @param uid of the pod that was ended
   * @param manifest as it may be created again
   */
  record Kept(ObjectKey pod, String uid, ObjectNode manifest, long revision) {}

  /** Keeps the pod; false if somebody else wrote it at the same time. */
  boolean keep(ApiObject pod) {
    ObjectKey key = keyOf(pod.key());
    Optional<StoredValue> before = store.get(key);
    if (before.isPresent() && uid(Json.parse(before.get().value())).equals(pod.meta().uid())) {
      return true;
    }
    byte[] value = document(pod);
    Change change =
        before
            .<Change>map(old -> new Change.Update(key, old.revision(), value))
            .orElseGet(() -> new Change.Create(key, value));
    return store.commit(List.of(change)) instanceof CommitResult.Committed;
  }

  /** All that are kept of a cluster. */
  List<Kept> of(String cluster) {
    return store.list(RESOURCE, cluster, 0, null, 0).values().stream().map(KeptPods::read).toList();
  }

  /** Forgets a pod, unless it was kept anew. */
  void drop(Kept kept) {
    store.commit(List.of(new Change.Delete(keyOf(kept.pod), kept.revision)));
  }

  private static Kept read(StoredValue value) {
    ObjectKey key = value.key();
    ObjectNode tree = Json.parse(value.value());
    return new Kept(
        new ObjectKey(PODS, key.cluster(), key.namespace(), key.name()),
        uid(tree),
        tree.withObject("pod").deepCopy(),
        value.revision());
  }

  private static String uid(JsonNode document) {
    return document.path("podUid").asString("");
  }

  private static ObjectKey keyOf(ObjectKey pod) {
    return new ObjectKey(RESOURCE, pod.cluster(), pod.namespace(), pod.name());
  }

  private static byte[] document(ApiObject pod) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", Tenant.RESOURCE.group() + "/v1").put("kind", "KeptPod");
    tree.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
    tree.put("podUid", pod.meta().uid());
    tree.set("pod", manifest(pod));
    return Json.canonical(tree);
  }

  private static ObjectNode manifest(ApiObject pod) {
    ObjectNode tree = pod.tree();
    tree.remove("status");
    tree.withObject("spec").remove(OF_ITS_RUN);
    ObjectNode metadata = tree.withObject("metadata");
    metadata.retain(METADATA);
    return tree;
  }
}

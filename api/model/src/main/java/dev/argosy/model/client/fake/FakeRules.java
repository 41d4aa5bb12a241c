package dev.argosy.model.client.fake;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.object.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API does to an object on its way into the store, on trees. */
final class FakeRules {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");
  private static final long TENANT_GRACE = Duration.ofDays(30).toSeconds();
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  /** Resources without generation (the strategies table of the API). */
  private static final Set<String> NO_GENERATION =
      Set.of(
          "nodes",
          "namespaces",
          "services",
          "endpoints",
          "configmaps",
          "secrets",
          "serviceaccounts",
          "events",
          "leases.coordination.k8s.io",
          "roles.rbac.authorization.k8s.io",
          "rolebindings.rbac.authorization.k8s.io",
          "clusterroles.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io");

  private static final List<String> SYSTEM_FIELDS =
      List.of(
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "generateName");

  private final Clock clock;

  FakeRules(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  static boolean hasGeneration(GroupResource resource) {
    return !NO_GENERATION.contains(resource.toString());
  }

  ObjectNode prepareCreate(GroupResource resource, String namespace, ObjectNode object) {
    ObjectNode meta = object.withObject("/metadata");
    meta.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"));
    meta.put("uid", UUID.randomUUID().toString());
    meta.put("creationTimestamp", now().toString());
    if (!namespace.isEmpty()) {
      meta.put("namespace", namespace);
    }
    if (hasGeneration(resource)) {
      meta.put("generation", 1);
    }
    if (!resource.equals(NODES)) {
      object.remove("status");
    }
    if (resource.equals(PODS)) {
      object.putObject("status").put("phase", "Pending");
    }
    if (resource.equals(NAMESPACES)) {
      object.withObject("/spec").putArray("finalizers").add("kubernetes");
      object.putObject("status").put("phase", "Active");
    }
    return object;
  }

  /**
   * The state after a write to the object or one of its subresources. A write of the status takes
   * annotations too, as it does for workloads in Kubernetes: a stale one would undo others' work.
   */
  ObjectNode prepareUpdate(
      GroupResource resource, String subresource, ObjectNode wanted, ObjectNode current) {
    ObjectNode next;
    if (subresource.equals("scale")) {
      next = current.deepCopy();
      next.withObject("/spec").set("replicas", wanted.path("spec").path("replicas"));
      if (!next.equals(current)) {
        bumpGeneration(next);
      }
    } else if (subresource.isEmpty()) {
      next = wanted.deepCopy();
      keepSystemFields(next.withObject("/metadata"), current.path("metadata"));
      copy("status", current, next);
      if (hasGeneration(resource) && specChanged(next, current)) {
        bumpGeneration(next);
      }
    } else {
      next = current.deepCopy();
      copy(subresource.equals("finalize") ? "spec" : "status", wanted, next);
      copy("annotations", wanted.path("metadata"), next.withObject("/metadata"));
    }
    next.withObject("/metadata").remove("resourceVersion");
    return next;
  }

  private static void keepSystemFields(ObjectNode meta, JsonNode current) {
    for (String field : SYSTEM_FIELDS) {
      copy(field, current, meta);
    }
  }

  private static void copy(String field, JsonNode from, ObjectNode to) {
    JsonNode value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value.deepCopy());
    }
  }

  private static boolean specChanged(ObjectNode next, ObjectNode current) {
    ObjectNode a = next.deepCopy();
    ObjectNode b = current.deepCopy();
    a.remove(List.of("metadata", "status"));
    b.remove(List.of("metadata", "status"));
    return !a.equals(b);
  }

  private static void bumpGeneration(ObjectNode object) {
    ObjectNode meta = object.withObject("/metadata");
    meta.put("generation", meta.path("generation").asLong(0) + 1);
  }

  /** Marks an object for deletion; answers whether anything changed. */
  boolean markDeleted(GroupResource resource, ObjectNode object, DeleteOptions options) {
    ObjectNode before = object.deepCopy();
    ObjectNode meta = object.withObject("/metadata");
    addFinalizer(meta, options);
    long grace = grace(resource, object, options);
    boolean first = !meta.has("deletionTimestamp");
    if (first || grace < meta.path("deletionGracePeriodSeconds").asLong(0)) {
      meta.put("deletionTimestamp", now().plus(Duration.ofSeconds(grace)).toString());
      meta.put("deletionGracePeriodSeconds", grace);
    }
    if (first && hasGeneration(resource)) {
      bumpGeneration(object);
    }
    if (resource.equals(NAMESPACES)) {
      object.withObject("/status").put("phase", "Terminating");
    }
    return !before.equals(object);
  }

  private static void addFinalizer(ObjectNode meta, DeleteOptions options) {
    String finalizer =
        switch (Objects.requireNonNullElse(options.propagation(), "")) {
          case "Foreground" -> "foregroundDeletion";
          case "Orphan" -> "orphan";
          default -> "";
        };
    ArrayNode finalizers = meta.withArray("/finalizers");
    boolean there = false;
    for (JsonNode value : finalizers) {
      there |= value.asString("").equals(finalizer);
    }
    if (!finalizer.isEmpty() && !there) {
      finalizers.add(finalizer);
    }
    if (finalizers.isEmpty()) {
      meta.remove("finalizers");
    }
  }

  private static long grace(GroupResource resource, ObjectNode object, DeleteOptions options) {
    Long asked = options.gracePeriodSeconds();
    if (resource.equals(TENANTS)) {
      return asked == null ? TENANT_GRACE : asked;
    }
    if (!resource.equals(PODS)) {
      return 0;
    }
    String phase = object.path("status").path("phase").asString("");
    if (object.path("spec").path("nodeName").asString("").isEmpty()
        || phase.equals("Succeeded")
        || phase.equals("Failed")) {
      return 0;
    }
    long grace =
        asked == null
            ? object.path("spec").path("terminationGracePeriodSeconds").asLong(30)
            : asked;
    return grace < 0 ? 1 : grace;
  }

  /** As it was before its deletion was asked for. */
  static ObjectNode restored(ObjectNode object) {
    object
        .withObject("/metadata")
        .remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion"));
    return object;
  }

  /** Whether nothing keeps a deleted object any more. */
  static boolean mayGo(GroupResource resource, ObjectNode object) {
    JsonNode meta = object.path("metadata");
    return meta.has("deletionTimestamp")
        && meta.path("finalizers").isEmpty()
        && meta.path("deletionGracePeriodSeconds").asLong(0) == 0
        && !(resource.equals(NAMESPACES) && !object.path("spec").path("finalizers").isEmpty());
  }

  /** Sets the node of a pod, as its binding does. */
  void bind(ObjectNode pod, String node) {
    pod.withObject("/spec").put("nodeName", node);
    if (pod.path("metadata").get("annotations") instanceof ObjectNode annotations) {
      annotations.remove(Unschedulable.ANNOTATION);
      if (annotations.isEmpty()) {
        pod.withObject("/metadata").remove("annotations");
      }
    }
    ObjectNode condition = Json.object();
    condition.put("type", "PodScheduled").put("status", "True");
    condition.put("lastTransitionTime", now().toString());
    ArrayNode kept = Json.mapper().createArrayNode();
    for (JsonNode other : pod.path("status").path("conditions")) {
      if (!other.path("type").asString("").equals("PodScheduled")) {
        kept.add(other);
      }
    }
    pod.withObject("/status").set("conditions", kept.add(condition));
  }
}

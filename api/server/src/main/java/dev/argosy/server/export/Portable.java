package dev.argosy.server.export;

import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of an object means something in another cluster. */
public final class Portable {

  private static final List<String> METADATA =
      List.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "managedFields",
          "selfLink",
          "clusterName",
          "ownerReferences",
          "finalizers");

  private static final List<String> ANNOTATIONS =
      List.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "deployment.kubernetes.io/revision",
          "pv.kubernetes.io/bind-completed",
          "pv.kubernetes.io/bound-by-controller",
          "volume.kubernetes.io/selected-node",
          "endpoints.kubernetes.io/last-change-trigger-time");

  private static final List<String> OF_JOBS =
      List.of(
          "controller-uid",
          "batch.kubernetes.io/controller-uid",
          "job-name",
          "batch.kubernetes.io/job-name");

  private static final Set<String> OVER = Set.of("Complete", "Failed");

  private Portable() {}

  /** False for what is made again by itself, is over, or is going. */
  static boolean carried(ObjectKey key, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    if (metadata.has("deletionTimestamp") || controlled(metadata)) {
      return false;
    }
    return switch (key.resource().toString()) {
      case "secrets" ->
          !object.path("type").asString("").equals("kubernetes.io/service-account-token");
      case "configmaps" -> !key.name().equals("kube-root-ca.crt");
      case "services" -> !apiServer(key);
      case "endpoints" ->
          !apiServer(key)
              && !metadata.path("labels").has("endpoints.kubernetes.io/managed-by")
              && !metadata
                  .path("annotations")
                  .has("endpoints.kubernetes.io/last-change-trigger-time");
      case "endpointslices.discovery.k8s.io" ->
          !apiServer(key) && !metadata.path("labels").has("endpointslice.kubernetes.io/managed-by");
      case "pods" -> !Set.of("Succeeded", "Failed").contains(phase(object));
      case "jobs.batch" -> !over(object);
      default -> true;
    };
  }

  private static boolean controlled(JsonNode metadata) {
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        return true;
      }
    }
    return false;
  }

  private static boolean apiServer(ObjectKey key) {
    return key.namespace().equals("default") && key.name().equals("kubernetes");
  }

  private static String phase(JsonNode object) {
    return object.path("status").path("phase").asString("");
  }

  private static boolean over(JsonNode job) {
    for (JsonNode condition : job.path("status").path("conditions")) {
      if (OVER.contains(condition.path("type").asString(""))
          && condition.path("status").asString("").equals("True")) {
        return true;
      }
    }
    return false;
  }

  /** Removes, in place, what another cluster decides for itself. */
  public static void strip(ObjectKey key, ObjectNode object) {
    object.remove("status");
    ObjectNode metadata = object.withObject("metadata");
    metadata.remove(METADATA);
    removeAll(metadata, "annotations", ANNOTATIONS);
    if (object.get("spec") instanceof ObjectNode spec) {
      stripSpec(key, spec, metadata);
    }
  }

  private static void stripSpec(ObjectKey key, ObjectNode spec, ObjectNode metadata) {
    switch (key.resource().toString()) {
      case "namespaces" -> spec.remove("finalizers");
      case "persistentvolumeclaims" -> spec.remove("volumeName");
      case "pods" -> spec.remove("nodeName");
      case "services" -> stripService(spec);
      case "jobs.batch" -> stripJob(spec, metadata);
      default -> {}
    }
  }

  private static void stripService(ObjectNode spec) {
    if (!spec.path("clusterIP").asString("").equals("None")) {
      spec.remove(List.of("clusterIP", "clusterIPs"));
    }
    spec.remove("healthCheckNodePort");
    if (spec.get("ports") instanceof ArrayNode ports) {
      ports.forEach(port -> ((ObjectNode) port).remove("nodePort"));
    }
  }

  private static void stripJob(ObjectNode spec, ObjectNode metadata) {
    if (!spec.path("manualSelector").asBoolean(false)) {
      spec.remove("selector");
      removeAll(metadata, "labels", OF_JOBS);
      if (spec.path("template").path("metadata") instanceof ObjectNode ofPods) {
        removeAll(ofPods, "labels", OF_JOBS);
      }
    }
  }

  private static void removeAll(ObjectNode parent, String field, List<String> names) {
    if (parent.get(field) instanceof ObjectNode map) {
      map.remove(names);
      if (map.isEmpty()) {
        parent.remove(field);
      }
    }
  }
}

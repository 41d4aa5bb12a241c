package dev.argosy.server.history;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.export.Portable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is written to bring an object back to what it was. */
final class Restorable {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String ROLLOUT = "deployment.kubernetes.io/revision";

  /** What the server or a controller owns of an object that is there. */
  private static final List<String> OF_SERVER =
      List.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "ownerReferences",
          "finalizers");

  /** What is assigned once, by resource. */
  private static final Map<String, List<String>> ASSIGNED =
      Map.of(
          "services",
          List.of("clusterIP", "clusterIPs", "healthCheckNodePort"),
          "persistentvolumeclaims",
          List.of("volumeName"),
          "pods",
          List.of("nodeName"),
          "namespaces",
          List.of("finalizers"),
          "jobs.batch",
          List.of("selector"));

  /**
   * What is written.
   *
   * @param kept the fields that are not as they were, as JSON pointers
   */
  record Result(ObjectNode object, List<String> kept) {}

  private Restorable() {}

  /** Of an object that is there: what is the server's stays as it is now. */
  static Result onto(ObjectKey key, ObjectNode past, ObjectNode live) {
    ObjectNode object = past.deepCopy();
    List<String> kept = new ArrayList<>();
    object.remove("status");
    ObjectNode metadata = object.withObject("metadata");
    metadata.remove(
        List.of("managedFields", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"));
    JsonNode now = live.path("metadata");
    OF_SERVER.forEach(field -> keep(metadata, now, field, "/metadata/", kept));
    kept.removeAll(List.of("/metadata/uid", "/metadata/resourceVersion", "/metadata/generation"));
    JsonNode rollout = now.path("annotations").path(ROLLOUT);
    if (!rollout.isMissingNode()) {
      metadata.withObject("annotations").set(ROLLOUT, rollout);
    }
    if (object.get("spec") instanceof ObjectNode spec) {
      ASSIGNED
          .getOrDefault(key.resource().toString(), List.of())
          .forEach(field -> keep(spec, live.path("spec"), field, "/spec/", kept));
    }
    return new Result(object, kept);
  }

  /** Makes a member what it is now; tells if it was something else. */
  private static void keep(
      ObjectNode object, JsonNode live, String field, String place, List<String> kept) {
    JsonNode now = live.get(field);
    JsonNode was = object.get(field);
    if (now == null ? was == null : now.equals(was)) {
      return;
    }
    kept.add(place + field);
    if (now == null) {
      object.remove(field);
    } else {
      object.set(field, now);
    }
  }

  /** Of an object that is gone: what was the server's is assigned anew. */
  static Result anew(ObjectKey key, ObjectNode past) {
    ObjectNode object = past.deepCopy();
    JsonNode applied = past.path("metadata").path("annotations").path(LAST_APPLIED);
    object
        .withObject("metadata")
        .remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds"));
    Portable.strip(key, object);
    ObjectNode metadata = object.withObject("metadata");
    if (!applied.isMissingNode()) {
      metadata.withObject("annotations").set(LAST_APPLIED, applied);
    }
    ArrayNode finalizers = metadata.putArray("finalizers");
    past.path("metadata")
        .path("finalizers")
        .forEach(finalizer -> {
          if (finalizer.asString("").contains("/")) {
            finalizers.add(finalizer); // the others say how to delete, and are over
          }
        });
    if (finalizers.isEmpty()) {
      metadata.remove("finalizers");
    }
    ObjectNode was = Substance.reduce(past.deepCopy());
    List<String> kept =
        JsonDiff.of(was, Substance.reduce(object.deepCopy())).stream()
            .map(JsonDiff.Step::pointer)
            .filter(path -> !path.equals("/metadata/uid"))
            .filter(path -> !path.equals("/metadata/creationTimestamp"))
            .toList();
    return new Result(object, kept);
  }
}

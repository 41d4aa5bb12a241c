package dev.argosy.model.event;

import dev.argosy.model.object.ApiObject;

/**
 * What an event is about.
 *
 * @param cluster the logical cluster that the event goes to; the object's own, as a rule
 * @param namespace empty for cluster-scoped objects; their events go to {@code default}
 * @param resourceVersion empty if not known
 * @param fieldPath the part that is meant, for example {@code spec.containers{web}}; empty for all
 */
public record Subject(
    String cluster,
    String apiVersion,
    String kind,
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    String fieldPath) {

  public static Subject of(String apiVersion, String kind, ApiObject object) {
    return new Subject(
        object.cluster(),
        apiVersion,
        kind,
        object.namespace(),
        object.name(),
        object.meta().uid(),
        Long.toString(object.revision()),
        "");
  }

  /** Part of the same object. */
  public Subject at(String path) {
    return new Subject(cluster, apiVersion, kind, namespace, name, uid, resourceVersion, path);
  }
}

package dev.argosy.controllers.workload;

import dev.argosy.controllers.runtime.Owned;
import dev.argosy.controllers.runtime.Owner;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods as a template describes them. */
public final class PodTemplate {

  private PodTemplate() {}

  /**
   * A new pod that the owner manages, named by the API after the owner.
   *
   * @param template a tree of its own; parts of it become the pod's
   */
  public static ObjectNode pod(Owner owner, ObjectNode template) {
    ObjectNode pod = Owned.newObject("v1", "Pod", owner.key().namespace(), owner.reference());
    ObjectNode meta = pod.withObject("/metadata");
    meta.put("generateName", prefix(owner.name()));
    for (String field : List.of("labels", "annotations", "finalizers")) {
      JsonNode value = template.path("metadata").get(field);
      if (value != null) {
        meta.set(field, value);
      }
    }
    pod.set("spec", template.withObject("/spec"));
    return pod;
  }

  private static String prefix(String name) {
    return name + "-";
  }
}

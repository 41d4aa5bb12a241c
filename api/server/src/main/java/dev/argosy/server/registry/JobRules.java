package dev.argosy.server.registry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs: labels and selector that make a job's pods its own, unless the user sees to that.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector">
 *     Specifying your own Pod selector</a>
 */
final class JobRules implements KindRules {

  private static final String PREFIX = "batch.kubernetes.io/";
  private static final String UID = "controller-uid";
  private static final String NAME = "job-name";

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    ObjectNode spec = child(object, "spec");
    if (spec.path("manualSelector").asBoolean(false)) {
      return;
    }
    JsonNode uid = object.path("metadata").path("uid");
    JsonNode name = object.path("metadata").path("name");
    ObjectNode labels = child(child(child(spec, "template"), "metadata"), "labels");
    for (String prefix : new String[] {"", PREFIX}) {
      labels.putIfAbsent(prefix + UID, uid);
      labels.putIfAbsent(prefix + NAME, name);
    }
    child(child(spec, "selector"), "matchLabels").putIfAbsent(PREFIX + UID, uid);
    ObjectNode metadata = child(object, "metadata");
    if (metadata.path("labels").isEmpty()) { // as defaults say of what is read and written back
      metadata.set("labels", labels.deepCopy());
    }
  }

  @Override
  public void deletionUnsaid(Warnings warnings) {
    warnings.add(
        "child pods are preserved by default when jobs are deleted; set"
            + " propagationPolicy=Background to remove them or set propagationPolicy=Orphan to"
            + " suppress this warning");
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode found ? found : parent.putObject(name);
  }
}

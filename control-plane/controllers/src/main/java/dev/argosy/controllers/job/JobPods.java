package dev.argosy.controllers.job;

import dev.argosy.controllers.job.PodChanges.NewPod;
import dev.argosy.controllers.workload.PodTemplate;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** New pods of a Job. */
final class JobPods {

  private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

  /** Five characters of a name are the API's. */
  private static final int LONGEST_PREFIX = 58;

  private JobPods() {}

  static ObjectNode pod(JobView job, NewPod wanted) {
    ObjectNode pod = PodTemplate.pod(job.owner(), job.template());
    ObjectNode meta = pod.withObject("/metadata");
    ArrayNode finalizers = meta.withArray("/finalizers");
    if (finalizers.valueStream().noneMatch(f -> f.asString("").equals(JobPod.FINALIZER))) {
      finalizers.add(JobPod.FINALIZER);
    }
    wanted.index().ifPresent(index -> index(job, pod, index));
    if (job.limits().perIndex().isPresent()) {
      failures(job, meta, wanted.before());
    }
    return pod;
  }

  private static void index(JobView job, ObjectNode pod, int index) {
    String text = Integer.toString(index);
    ObjectNode meta = pod.withObject("/metadata");
    meta.withObject("annotations").put(JobPod.INDEX, text);
    meta.withObject("labels").put(JobPod.INDEX, text);
    String end = "-" + index + "-";
    String name = job.name();
    meta.put(
        "generateName",
        name.substring(0, Math.min(name.length(), LONGEST_PREFIX - end.length())) + end);
    ObjectNode spec = pod.withObject("/spec").put("hostname", name + "-" + index);
    for (String list : new String[] {"initContainers", "containers"}) {
      spec.path(list).forEach(container -> variable((ObjectNode) container));
    }
  }

  private static void variable(ObjectNode container) {
    ArrayNode variables = container.withArray("/env");
    for (JsonNode variable : variables) {
      if (variable.path("name").asString("").equals(INDEX_VARIABLE)) {
        return;
      }
    }
    variables
        .addObject()
        .put("name", INDEX_VARIABLE)
        .putObject("valueFrom")
        .putObject("fieldRef")
        .put("apiVersion", "v1")
        .put("fieldPath", "metadata.labels['" + JobPod.INDEX + "']");
  }

  private static void failures(JobView job, ObjectNode meta, Optional<JobPod> before) {
    int counted = before.map(JobPod::indexFailures).orElse(0);
    int ignored = before.map(JobPod::ignoredFailures).orElse(0);
    if (before.isPresent()) {
      boolean counts = job.failurePolicy().decide(before.get()).counts();
      counted += counts ? 1 : 0;
      ignored += counts ? 0 : 1;
    }
    ObjectNode annotations = meta.withObject("annotations");
    annotations.put(JobPod.FAILURES, Integer.toString(counted));
    if (ignored > 0) {
      annotations.put(JobPod.IGNORED, Integer.toString(ignored));
    }
  }
}

package dev.argosy.model.schema.defaulting;

import tools.jackson.databind.node.ObjectNode;

/**
 * Conditional defaults of jobs. The job in a cron job's template gets none of them: they are filled
 * in when a job is made of it.
 */
final class JobDefaults {

  private static final int TRIES = 6;

  private JobDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("batch/v1.Job", JobDefaults::counts);
    defaults.add("batch/v1.Job", JobDefaults::policies);
    defaults.add("batch/v1.Job", Children::labelsOfTemplate);
  }

  private static void counts(ObjectNode job) {
    ObjectNode spec = Children.of(job, "spec");
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1);
    }
    Children.putIfMissing(spec, "parallelism", 1);
    boolean perIndex = spec.has("backoffLimitPerIndex");
    Children.putIfMissing(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : TRIES);
  }

  private static void policies(ObjectNode job) {
    ObjectNode spec = Children.of(job, "spec");
    boolean failures = spec.has("podFailurePolicy");
    Children.putIfMissing(
        spec, "podReplacementPolicy", failures ? "Failed" : "TerminatingOrFailed");
  }
}

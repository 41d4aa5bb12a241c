package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gangs, as the coscheduling plugin's definition has them. */
final class PodGroupRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final List<String> PHASES =
      List.of(
          "Failed",
          "Finished",
          "Pending",
          "PreScheduling",
          "Running",
          "Scheduled",
          "Scheduling",
          "Unknown");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    atLeastOne(SPEC.child("minMember"), spec.path("minMember"), checks);
    atLeastOne(SPEC.child("scheduleTimeoutSeconds"), spec.path("scheduleTimeoutSeconds"), checks);
    QuotaRules.amounts(spec.path("minResources"), SPEC.child("minResources"), checks);
  }

  private static void atLeastOne(Path path, JsonNode value, Checks checks) {
    if (value.isIntegralNumber() && value.longValue() < 1) {
      checks.invalid(path, value, "must be greater than or equal to 1");
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode status = object.path("status");
    String phase = status.path("phase").asString("");
    if (!phase.isEmpty()) {
      checks.oneOf(STATUS.child("phase"), phase, PHASES);
    }
    for (String count : List.of("running", "succeeded", "failed")) {
      checks.nonNegative(STATUS.child(count), status.path(count));
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Priorities of pods. Names that begin with {@code system-} are the system's own. */
final class PriorityClassRules implements KindRules {

  private static final Map<String, Long> SYSTEM =
      Map.of("system-node-critical", 2_000_001_000L, "system-cluster-critical", 2_000_000_000L);
  private static final long HIGHEST = 1_000_000_000;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String name = object.path("metadata").path("name").asString("");
    long value = object.path("value").asLong(0);
    if (name.startsWith("system-")) {
      String wrong = system(name, value, object.path("globalDefault").asBoolean(false));
      if (!wrong.isEmpty()) {
        checks.forbidden(
            Path.of("metadata").child("name"),
            "priority class names with 'system-' prefix are reserved for system use only. error: "
                + wrong);
      }
    } else if (value > HIGHEST) {
      checks.forbidden(
          Path.of("value"), "maximum allowed value of a user defined priority is " + HIGHEST);
    }
    if (object.has("preemptionPolicy")) {
      checks.oneOf(
          Path.of("preemptionPolicy"),
          object.path("preemptionPolicy").asString(""),
          List.of("PreemptLowerPriority", "Never"));
    }
  }

  private static String system(String name, long value, boolean global) {
    Long expected = SYSTEM.get(name);
    if (expected == null) {
      return name + " is not a known system priority class";
    }
    if (expected != value) {
      return "value of " + name + " PriorityClass must be " + expected;
    }
    return global ? "globalDefault of " + name + " PriorityClass must be false" : "";
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (object.path("value").asLong(0) != old.path("value").asLong(0)) {
      checks.forbidden(Path.of("value"), "may not be changed in an update.");
    }
    JsonNode policy = object.path("preemptionPolicy");
    if (!policy.equals(old.path("preemptionPolicy"))) {
      checks.immutable(Path.of("preemptionPolicy"), policy);
    }
  }
}

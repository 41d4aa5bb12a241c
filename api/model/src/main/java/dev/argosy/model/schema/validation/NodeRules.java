package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes: taints, and what may be set only once. */
final class NodeRules implements KindRules {

  private static final List<String> EFFECTS =
      List.of("NoExecute", "NoSchedule", "PreferNoSchedule");
  private static final Path SPEC = Path.of("spec");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode taints = object.path("spec").path("taints");
    Path path = Path.of("metadata").child("taints");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < taints.size(); i++) {
      JsonNode taint = taints.get(i);
      String key = taint.path("key").asString("");
      String effect = taint.path("effect").asString("");
      String value = taint.path("value").asString("");
      checks.invalidAll(path.at(i).child("key"), key, LabelRules.qualifiedName(key));
      checks.invalidAll(path.at(i).child("value"), value, LabelRules.labelValue(value));
      checks.oneOf(path.at(i).child("effect"), effect, EFFECTS);
      if (!seen.add(key + ":" + effect)) {
        checks.duplicate(path.at(i), taint);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode before = old.path("spec");
    JsonNode after = object.path("spec");
    if (!before.path("podCIDRs").isEmpty()
            && !before.path("podCIDRs").equals(after.path("podCIDRs"))
        || !before.path("podCIDR").asString("").isEmpty()
            && !before.path("podCIDR").equals(after.path("podCIDR"))) {
      checks.forbidden(
          SPEC.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
    }
    String provider = before.path("providerID").asString("");
    if (!provider.isEmpty() && !provider.equals(after.path("providerID").asString(""))) {
      checks.forbidden(
          SPEC.child("providerID"),
          "node updates may not change providerID except from \"\" to valid");
    }
  }
}

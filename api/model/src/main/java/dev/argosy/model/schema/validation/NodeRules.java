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
    taints(object.path("spec").path("taints"), Path.of("metadata").child("taints"), checks);
    ranges(object.path("spec"), checks);
  }

  /** A list of taints. */
  static void taints(JsonNode taints, Path path, Checks checks) {
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

  private static void ranges(JsonNode spec, Checks checks) {
    JsonNode ranges = spec.path("podCIDRs");
    for (int i = 0; i < ranges.size(); i++) {
      Cidr.lenient(ranges.get(i).asString(""), SPEC.child("podCIDRs").at(i), checks);
    }
    String first = spec.path("podCIDR").asString("");
    if (!ranges.isEmpty() && !first.isEmpty() && !first.equals(ranges.get(0).asString(""))) {
      checks.invalid(
          SPEC.child("podCIDRs").at(0), ranges.get(0), "must match podCIDR when both are set");
    }
    if (ranges.size() > 2) {
      checks.invalid(
          SPEC.child("podCIDRs"), ranges, "may specify no more than one CIDR for each IP family");
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode addresses = object.path("status").path("addresses");
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < addresses.size(); i++) {
      if (!seen.add(addresses.get(i))) {
        checks.duplicate(Path.of("status").child("addresses").at(i), addresses.get(i));
      }
    }
    for (String list : List.of("capacity", "allocatable")) {
      ResourceRules.amounts(
          object.path("status").path(list), Path.of("status").child(list), checks);
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

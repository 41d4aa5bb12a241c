package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A pod that is held back from scheduling may still be told more narrowly where to go. */
final class GatedChanges {

  private static final Path SPEC = Path.of("spec");
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  private GatedChanges() {}

  static void validate(JsonNode after, JsonNode before, Checks checks) {
    for (Map.Entry<String, JsonNode> label : before.path("nodeSelector").properties()) {
      if (!label.getValue().equals(after.path("nodeSelector").path(label.getKey()))) {
        checks.invalid(
            SPEC.child("nodeSelector"),
            after.path("nodeSelector"),
            "only additions are allowed to spec.nodeSelector (no mutations or deletions)");
        break;
      }
    }
    terms(
        after.path("affinity").path("nodeAffinity").path(REQUIRED).path("nodeSelectorTerms"),
        before.path("affinity").path("nodeAffinity").path(REQUIRED).path("nodeSelectorTerms"),
        checks);
  }

  private static void terms(JsonNode after, JsonNode before, Checks checks) {
    if (before.isEmpty()) {
      return;
    }
    Path path = SPEC.child("affinity", "nodeAffinity").child(REQUIRED, "nodeSelectorTerms");
    if (after.size() != before.size()) {
      checks.invalid(
          path, after, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      for (String list : new String[] {"matchExpressions", "matchFields"}) {
        if (!starts(after.get(i).path(list), before.get(i).path(list))) {
          checks.invalid(
              path.at(i), after.get(i), "only additions are allowed (no mutations or deletions)");
        }
      }
    }
  }

  private static boolean starts(JsonNode list, JsonNode with) {
    for (int i = 0; i < with.size(); i++) {
      if (!with.get(i).equals(list.path(i))) {
        return false;
      }
    }
    return true;
  }
}

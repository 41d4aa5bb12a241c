package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Namespaces: finalizers and phase. */
final class NamespaceRules implements KindRules {

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode finalizers = object.path("spec").path("finalizers");
    Path path = Path.of("spec").child("finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      String finalizer = finalizers.get(i).asString("");
      List<String> wrong = LabelRules.qualifiedName(finalizer);
      checks.invalidAll(path.at(i), finalizer, wrong);
      if (wrong.isEmpty() && finalizer.indexOf('/') < 0 && !finalizer.equals("kubernetes")) {
        checks.invalid(
            path.at(i),
            finalizer,
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    String phase = object.path("status").path("phase").asString("");
    boolean deleting = object.path("metadata").has("deletionTimestamp");
    Path path = Path.of("status").child("Phase");
    if (!deleting && !phase.isEmpty() && !phase.equals("Active")) {
      checks.invalid(path, phase, "may only be 'Active' if `deletionTimestamp` is empty");
    } else if (deleting && !phase.equals("Terminating")) {
      checks.invalid(path, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    }
  }
}

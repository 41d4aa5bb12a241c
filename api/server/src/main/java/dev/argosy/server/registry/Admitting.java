package dev.argosy.server.registry;

import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Leads a write through the admission steps, in their order. */
final class Admitting {

  private final List<AdmissionStep> steps;

  Admitting(List<AdmissionStep> steps) {
    this.steps = List.copyOf(steps);
  }

  void mutate(
      Write write, Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    AdmissionRequest request = request(write, operation, object, old);
    steps.forEach(step -> step.mutate(request));
    write.warnings().addAll(request.warnings());
  }

  void validate(
      Write write, Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    AdmissionRequest request = request(write, operation, object, old);
    steps.forEach(step -> step.validate(request));
    write.warnings().addAll(request.warnings());
  }

  private static AdmissionRequest request(
      Write write, Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    return new AdmissionRequest(write.target(), operation, write.user(), object, old);
  }
}

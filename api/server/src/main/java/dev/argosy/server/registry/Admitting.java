package dev.argosy.server.registry;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.schema.Subresource;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionRequest.BodyKind;
import dev.argosy.server.admission.AdmissionRequest.Manner;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Leads a write through the admission steps, in their order. */
final class Admitting {

  private static final String SCALE = "scale";

  private final List<AdmissionStep> steps;

  Admitting(List<AdmissionStep> steps) {
    this.steps = List.copyOf(steps);
  }

  /** All mutating steps; twice if something that a tenant put in changed the object. */
  void mutate(
      Write write, Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    mutate(write, operation, object, old, DeleteOptions.DEFAULT);
  }

  void mutate(
      Write write,
      Operation operation,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old,
      DeleteOptions options) {
    if (admittedBefore(write, operation)) {
      return;
    }
    AdmissionRequest request = request(write, operation, object, old, options);
    steps.forEach(step -> step.mutate(request));
    if (request.patched()) {
      request.repeat();
      steps.forEach(step -> step.mutate(request));
      takeOver(write, operation, object, request);
    }
    write.warnings().addAll(request.warnings());
  }

  void validate(
      Write write, Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    validate(write, operation, object, old, DeleteOptions.DEFAULT);
  }

  void validate(
      Write write,
      Operation operation,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old,
      DeleteOptions options) {
    if (admittedBefore(write, operation)) {
      return;
    }
    AdmissionRequest request = request(write, operation, object, old, options);
    steps.forEach(step -> step.validate(request));
    write.warnings().addAll(request.warnings());
  }

  /** What a posted binding or eviction does to its pod was admitted as that post. */
  private static boolean admittedBefore(Write write, Operation operation) {
    return operation == Operation.UPDATE && write.subresource().equals("binding")
        || operation == Operation.DELETE && write.subresource().equals("eviction");
  }

  /** A scale is admitted as such; what changed in it goes back into the workload. */
  private static void takeOver(
      Write write, Operation operation, @Nullable ObjectNode object, AdmissionRequest request) {
    ObjectNode admitted = request.object();
    if (object == null || admitted == null) {
      return;
    }
    if (write.subresource().equals(SCALE)) {
      Scale.apply(write, object, admitted);
      Metadata.of(object).takeResourceVersion();
    } else {
      AfterPatch.restrict(write, operation, object, request.old());
    }
  }

  private static AdmissionRequest request(
      Write write,
      Operation operation,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old,
      DeleteOptions options) {
    boolean scale = write.subresource().equals(SCALE);
    return new AdmissionRequest(
        write.target(),
        operation,
        write.user(),
        scale && object != null ? Scale.of(write.kind(), object) : object,
        scale && old != null ? Scale.of(write.kind(), old) : old,
        manner(write, operation, options),
        write.notes());
  }

  private static Manner manner(Write write, Operation operation, DeleteOptions delete) {
    Supplier<@Nullable ObjectNode> options =
        () -> OperationOptions.of(write.options(), operation, delete);
    for (Subresource subresource : write.kind().subresources()) {
      if (subresource.name().equals(write.subresource())) {
        BodyKind kind =
            new BodyKind(subresource.group(), subresource.version(), subresource.kind());
        return new Manner(kind, options);
      }
    }
    var type = write.kind().type();
    return new Manner(new BodyKind(type.group(), type.version(), type.kind()), options);
  }
}

package dev.argosy.server.policy;

import dev.argosy.server.cel.CelProgram;
import java.util.List;
import java.util.Optional;

/** A ValidatingAdmissionPolicy, compiled. Immutable. */
record ValidatingPolicy(
    PolicyHead head, List<Validation> validations, List<AuditAnnotation> annotations) {

  ValidatingPolicy {
    validations = List.copyOf(validations);
    annotations = List.copyOf(annotations);
  }

  /**
   * What must be true.
   *
   * @param message what is said if it is not; empty for the expression itself
   * @param messageExpression says it better
   * @param reason of the refusal; empty for Invalid
   */
  record Validation(
      CelProgram program, String message, Optional<CelProgram> messageExpression, String reason) {}

  /** What is noted in the audit record. */
  record AuditAnnotation(String key, CelProgram value) {}
}

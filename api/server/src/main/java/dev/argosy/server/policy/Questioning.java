package dev.argosy.server.policy;

import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.cel.Evaluation;
import dev.argosy.server.policy.ValidatingPolicy.AuditAnnotation;
import dev.argosy.server.policy.ValidatingPolicy.Validation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks a validating policy about one request, and does what the binding says about the answer. */
final class Questioning {

  private static final int MAX_MESSAGE = 5 * 1024;

  private final ValidatingPolicy policy;
  private final PolicyBinding binding;
  private final AdmissionRequest request;
  private final List<Denial> denials;
  private final PolicyNotes notes;
  private final PolicyMetrics metrics;
  private int index;
  private long began = System.nanoTime();

  /** Where it is told what was found. */
  record Findings(List<Denial> denials, PolicyNotes notes, PolicyMetrics metrics) {}

  Questioning(
      ValidatingPolicy policy, PolicyBinding binding, AdmissionRequest request, Findings findings) {
    this.denials = findings.denials;
    this.notes = findings.notes;
    this.metrics = findings.metrics;
    this.policy = policy;
    this.binding = binding;
    this.request = request;
  }

  void ask(Invocation invocation) {
    switch (invocation.matches()) {
      case MatchConditions.Match.No no -> {}
      case MatchConditions.Match.Unclear(String message) -> error(message);
      case MatchConditions.Match.Yes yes -> {
        for (int i = 0; i < policy.validations().size(); i++) {
          index = i;
          ask(policy.validations().get(i), invocation);
        }
        policy.annotations().forEach(annotation -> note(annotation, invocation));
      }
    }
  }

  private void ask(Validation validation, Invocation invocation) {
    began = System.nanoTime();
    switch (invocation.evaluate(validation.program())) {
      case Evaluation.Value(Object value) -> {
        if (!Boolean.TRUE.equals(value)) {
          deny(message(validation, invocation), validation.reason(), false);
        }
      }
      case Evaluation.Failed failed -> error(Failures.words(validation.program(), failed));
    }
  }

  /** The message expression's, else the message, else the expression itself. */
  private static String message(Validation validation, Invocation invocation) {
    Optional<String> said =
        validation
            .messageExpression()
            .map(invocation::evaluate)
            .flatMap(result ->
                result instanceof Evaluation.Value(Object value) && value instanceof String text
                    ? Optional.of(text.strip())
                    : Optional.empty())
            .filter(text -> !text.isEmpty())
            .filter(text -> text.length() <= MAX_MESSAGE && text.indexOf('\n') < 0);
    if (said.isPresent()) {
      return said.get();
    }
    String fixed = validation.message().strip();
    return fixed.isEmpty()
        ? "failed expression: " + validation.program().expression().strip()
        : fixed;
  }

  private void error(String message) {
    if (!policy.head().failOpen()) {
      deny(message, "", true);
    }
  }

  private void deny(String message, String reason, boolean error) {
    long nanos = System.nanoTime() - began;
    for (String action : binding.actions()) {
      metrics.failed(
          policy.head().name(), binding.name(), error, action.toLowerCase(Locale.ROOT), nanos);
      switch (action) {
        case "Deny" ->
            denials.add(new Denial(policy.head().name(), binding.name(), message, reason));
        case "Warn" ->
            request.warn(
                "Validation failed for ValidatingAdmissionPolicy '"
                    + policy.head().name()
                    + "' with binding '"
                    + binding.name()
                    + "': "
                    + message);
        case "Audit" -> notes.failed(request, policy.head(), binding, index, message);
        default -> {}
      }
    }
  }

  private void note(AuditAnnotation annotation, Invocation invocation) {
    switch (invocation.evaluate(annotation.value())) {
      case Evaluation.Failed failed ->
          Denial.ofError(
                  policy.head(), Optional.of(binding), Failures.words(annotation.value(), failed))
              .ifPresent(denials::add);
      case Evaluation.Value(Object value) -> {
        if (value instanceof String text) {
          notes.add(annotation.key(), text.strip());
        }
      }
    }
  }
}

package dev.argosy.server.review;

import dev.argosy.server.authz.HeldRules;
import dev.argosy.server.authz.PolicyRule;
import dev.argosy.server.registry.Subject;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What may I: SelfSubjectRulesReview. */
final class RulesReviews {

  private final HeldRules held;

  RulesReviews(HeldRules held) {
    this.held = held;
  }

  ObjectNode self(Subject subject, ObjectNode body) {
    String namespace = Questions.text(body.path("spec"), "namespace");
    if (namespace.isEmpty()) {
      throw Questions.invalid(
          "SelfSubjectRulesReview", "spec.namespace", "no namespace on request");
    }
    ObjectNode answer = body.deepCopy();
    ObjectNode status = answer.putObject("status");
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    Set<PolicyRule> rules =
        new LinkedHashSet<>(held.all(subject.user(), subject.cluster(), namespace));
    for (PolicyRule rule : rules) {
      (rule.paths().isEmpty() ? resources : paths).add(rule.toJson());
    }
    status.put("incomplete", false);
    return answer;
  }
}

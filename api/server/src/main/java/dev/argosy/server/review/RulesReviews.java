package dev.argosy.server.review;

import dev.argosy.model.status.Status;
import dev.argosy.server.access.NodeIdentity;
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
      throw Status.badRequest("no namespace on request").asException();
    }
    ObjectNode answer = body.deepCopy();
    answer.putObject("spec");
    ObjectNode status = answer.putObject("status");
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    Set<PolicyRule> rules =
        new LinkedHashSet<>(held.all(subject.user(), subject.cluster(), namespace));
    for (PolicyRule rule : rules) {
      (rule.paths().isEmpty() ? resources : paths).add(rule.toJson());
    }
    boolean node = NodeIdentity.agent(subject.user());
    status.put("incomplete", node);
    if (node) {
      status.put("evaluationError", "node authorizer does not support user rule resolution");
    }
    return answer;
  }
}

package dev.argosy.server.policy;

import dev.argosy.model.object.Json;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.audit.AuditLevel;
import dev.argosy.server.audit.AuditNotes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one policy tells the audit of one request, over all its bindings and parameters. */
final class PolicyNotes {

  private static final String FAILURE = "validation.policy.admission.k8s.io/validation_failure";
  private static final int LONGEST = 10 * 1024;

  private final Map<String, Set<String>> values = new LinkedHashMap<>();

  /** An audit annotation; an empty text says nothing. */
  void add(String key, String value) {
    if (!value.isEmpty()) {
      String kept = value.length() <= LONGEST ? value : value.substring(0, LONGEST);
      values.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(kept);
    }
  }

  /** All that was added, under the policy's name. */
  void publish(String policy, AuditNotes notes) {
    values.forEach((key, all) -> notes.note(policy + "/" + key, String.join(", ", all)));
  }

  /** A validation that did not hold, under a binding with the action Audit. */
  void failed(
      AdmissionRequest request,
      PolicyHead policy,
      PolicyBinding binding,
      int index,
      String message) {
    if (!request.notes().heard(AuditLevel.METADATA)) {
      return;
    }
    ArrayNode list = Json.mapper().createArrayNode();
    ObjectNode failure = list.addObject();
    failure.put("message", message).put("policy", policy.name()).put("binding", binding.name());
    failure.put("expressionIndex", index);
    ArrayNode actions = failure.putArray("validationActions");
    binding.actions().forEach(actions::add);
    request.notes().note(FAILURE, list.toString());
  }
}

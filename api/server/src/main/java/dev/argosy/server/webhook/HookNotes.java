package dev.argosy.server.webhook;

import dev.argosy.model.object.Json;
import dev.argosy.server.audit.AuditLevel;
import dev.argosy.server.audit.AuditNotes;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the call of one webhook tells the audit, under Kubernetes' keys.
 *
 * @param mutating which kind of webhook it is
 * @param round 0, or 1 when webhooks are asked again
 * @param index its place among those asked
 */
record HookNotes(AuditNotes notes, boolean mutating, int round, int index) {

  private static final String MUTATION = "mutation.webhook.admission.k8s.io/";
  private static final String PATCH = "patch.webhook.admission.k8s.io/";
  private static final String VALIDATING = "validating.webhook.admission.k8s.io/";

  /** Its own annotations, under its name. */
  void said(Hook hook, Map<String, String> own) {
    own.forEach((key, value) -> notes.note(hook.name() + "/" + key, value));
  }

  /** It could not be asked, and the write went on. */
  void failedOpen(Hook hook) {
    notes.note("failed-open." + (mutating ? MUTATION : VALIDATING) + place(), hook.name());
  }

  /** Whether it changed the object; the patch itself where bodies are kept. */
  void changed(Hook hook, boolean changed, JsonNode patch) {
    if (!notes.heard(AuditLevel.METADATA)) {
      return;
    }
    notes.note(MUTATION + place(), which(hook).put("mutated", changed).toString());
    if (changed && notes.heard(AuditLevel.REQUEST)) {
      ObjectNode with = which(hook);
      with.set("patch", patch);
      notes.note(PATCH + place(), with.put("patchType", "JSONPatch").toString());
    }
  }

  private static ObjectNode which(Hook hook) {
    return Json.object().put("configuration", hook.configuration()).put("webhook", hook.name());
  }

  private String place() {
    return "round_" + round + "_index_" + index;
  }
}

package dev.argosy.server.registry;

import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Resource quotas: what is used of them is counted, whatever else is written into the status. */
final class ResourceQuotaRules implements KindRules {

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    JsonNode scopes = object.path("spec").path("scopeSelector");
    if (!scopes.equals(old.path("spec").path("scopeSelector"))) {
      object.set("status", Json.object()); // it is about other objects now, so count anew
    }
  }

  @Override
  public void beforePartUpdate(ObjectNode object, ObjectNode old) {
    JsonNode used = old.path("status").path("used");
    ObjectNode status = object.withObject("status");
    if (used.isMissingNode()) {
      status.remove("used");
    } else {
      status.set("used", used.deepCopy());
    }
  }
}

package dev.argosy.server.registry;

import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Quotas: what is used of them is counted, whatever else is written into the status. */
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
    ObjectNode status = object.withObject("status");
    for (String counted : List.of("used", "guaranteed", "borrowed", "bands", "queue")) {
      JsonNode told = old.path("status").path(counted);
      if (told.isMissingNode()) {
        status.remove(counted);
      } else {
        status.set(counted, told.deepCopy());
      }
    }
  }
}

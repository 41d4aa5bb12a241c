package dev.argosy.controllers.condition;

import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes a status as Kubernetes does: what is zero or empty is left out. */
public final class StatusFields {

  private final ObjectNode status = Json.object();

  public StatusFields(long observedGeneration) {
    status.put("observedGeneration", observedGeneration);
  }

  public StatusFields count(String field, int count) {
    if (count > 0) {
      status.put(field, count);
    }
    return this;
  }

  public ObjectNode with(List<Condition> conditions) {
    if (!conditions.isEmpty()) {
      Condition.write(status.putArray("conditions"), conditions);
    }
    return status;
  }
}

package dev.argosy.server.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A new node takes no pods before it is ready: it begins with a taint, which the control loop of
 * nodes takes away when the node says that it is ready.
 */
final class NewNodeTaint implements AdmissionStep {

  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String EFFECT = "NoSchedule";

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode node = request.object();
    if (request.operation() != Operation.CREATE || node == null || !request.concerns("", "nodes")) {
      return;
    }
    ObjectNode spec = node.get("spec") instanceof ObjectNode o ? o : node.putObject("spec");
    for (JsonNode taint : spec.path("taints")) {
      if (taint.path("key").asString("").equals(NOT_READY)
          && taint.path("effect").asString("").equals(EFFECT)) {
        return;
      }
    }
    ArrayNode taints = spec.get("taints") instanceof ArrayNode a ? a : spec.putArray("taints");
    taints.addObject().put("key", NOT_READY).put("effect", EFFECT);
  }
}

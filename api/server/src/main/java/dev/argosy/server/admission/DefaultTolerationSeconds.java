package dev.argosy.server.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod that says nothing of lost nodes stays on one for five minutes, then it is evicted. What an
 * update leaves out is put back, since tolerations may only be added.
 */
public final class DefaultTolerationSeconds implements AdmissionStep {

  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final int SECONDS = 300;

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    boolean written =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    if (written
        && pod != null
        && request.concerns("", "pods")
        && pod.get("spec") instanceof ObjectNode spec) {
      tolerate(spec, NOT_READY);
      tolerate(spec, UNREACHABLE);
    }
  }

  private static void tolerate(ObjectNode spec, String taint) {
    for (JsonNode toleration : spec.path("tolerations")) {
      String key = toleration.path("key").asString("");
      String effect = toleration.path("effect").asString("");
      if ((key.equals(taint) || key.isEmpty())
          && (effect.equals("NoExecute") || effect.isEmpty())) {
        return;
      }
    }
    ArrayNode tolerations =
        spec.get("tolerations") instanceof ArrayNode found ? found : spec.putArray("tolerations");
    tolerations
        .addObject()
        .put("key", taint)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", SECONDS);
  }
}

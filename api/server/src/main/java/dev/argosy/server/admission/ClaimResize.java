package dev.argosy.server.admission;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A volume claim may ask for more later only if it is bound and its class allows it. */
final class ClaimResize implements AdmissionStep {

  private final ClusterObjects objects;

  ClaimResize(ClusterObjects objects) {
    this.objects = objects;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode claim = request.object();
    ObjectNode old = request.old();
    if (request.operation() != Operation.UPDATE
        || claim == null
        || old == null
        || !request.concerns("", "persistentvolumeclaims")
        || size(claim).compareTo(size(old)) <= 0) {
      return;
    }
    if (!old.path("status").path("phase").asString("").equals("Bound")) {
      throw Refusal.of(request, "Only bound persistent volume claims can be expanded");
    }
    String name = className(claim);
    if (name.isEmpty() || !name.equals(className(old)) || !expandable(request, name)) {
      throw Refusal.of(
          request,
          "only dynamically provisioned pvc can be resized and the storageclass that provisions"
              + " the pvc must support resize");
    }
  }

  private boolean expandable(AdmissionRequest request, String name) {
    ObjectKey key =
        new ObjectKey(DefaultStorageClass.CLASSES, request.target().cluster(), "", name);
    return objects
        .find(key)
        .map(found -> found.tree().path("allowVolumeExpansion").asBoolean(false))
        .orElse(false);
  }

  private static String className(JsonNode claim) {
    JsonNode annotations = claim.path("metadata").path("annotations");
    String old = annotations.path(DefaultStorageClass.NAMED_BY_ANNOTATION).asString("");
    return old.isEmpty() ? claim.path("spec").path("storageClassName").asString("") : old;
  }

  private static Quantity size(JsonNode claim) {
    JsonNode requests = claim.path("spec").path("resources").path("requests");
    return Amounts.of(requests).getOrDefault("storage", Quantity.ZERO);
  }
}

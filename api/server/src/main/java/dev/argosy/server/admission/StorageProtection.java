package dev.argosy.server.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * New volumes and claims get the finalizer that keeps them as long as they are in use; control
 * loops take it away.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#storageobjectinuseprotection">
 *     StorageObjectInUseProtection</a>
 */
final class StorageProtection implements AdmissionStep {

  private static final String VOLUMES = "kubernetes.io/pv-protection";
  private static final String CLAIMS = "kubernetes.io/pvc-protection";

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE || object == null) {
      return;
    }
    if (request.concerns("", "persistentvolumes")) {
      add(object, VOLUMES);
    } else if (request.concerns("", "persistentvolumeclaims")) {
      add(object, CLAIMS);
    }
  }

  private static void add(ObjectNode object, String finalizer) {
    ObjectNode meta = object.withObject("/metadata");
    ArrayNode finalizers =
        meta.get("finalizers") instanceof ArrayNode a ? a : meta.putArray("finalizers");
    for (JsonNode present : finalizers) {
      if (present.asString("").equals(finalizer)) {
        return;
      }
    }
    finalizers.add(finalizer);
  }
}

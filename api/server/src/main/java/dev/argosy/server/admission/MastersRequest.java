package dev.argosy.server.admission;

import dev.argosy.model.access.UserInfo;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nobody asks for a client certificate of the group that may do everything. */
final class MastersRequest implements AdmissionStep {

  private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE
        || object == null
        || !request.concerns("certificates.k8s.io", "certificatesigningrequests")) {
      return;
    }
    JsonNode spec = object.path("spec");
    if (spec.path("signerName").asString("").equals(SIGNER) && asksForAll(request, object)) {
      throw Refusal.of(
          request,
          "use of " + SIGNER + " signer with " + UserInfo.SYSTEM_MASTERS + " group is not allowed");
    }
  }

  private static boolean asksForAll(AdmissionRequest request, ObjectNode object) {
    try {
      return AskedCertificate.of(object).organizations().contains(UserInfo.SYSTEM_MASTERS);
    } catch (IOException e) {
      throw Refusal.of(request, "failed to parse request");
    }
  }
}

package dev.argosy.server.admission;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** A node asks for certificates of its own name only. */
final class NodeCertificate {

  private static final Set<String> SIGNERS =
      Set.of("kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet");

  private NodeCertificate() {}

  static void check(String node, AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null
        || request.operation() != Operation.CREATE
        || !SIGNERS.contains(object.path("spec").path("signerName").asString(""))) {
      return;
    }
    String name = "system:node:" + node;
    if (!names(request, object).equals(List.of(name))) {
      throw Refusal.of(request, "can only create a node CSR with CN=" + name);
    }
  }

  private static List<String> names(AdmissionRequest request, ObjectNode object) {
    try {
      return AskedCertificate.of(object).commonNames();
    } catch (IOException e) {
      throw Refusal.of(request, "unable to parse csr: " + e.getMessage());
    }
  }
}

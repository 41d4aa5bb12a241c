package dev.argosy.server.admission;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who approves, signs or vouches for certificates needs the right to do so for their signer,
 * besides the right to write the object.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/">
 *     Certificate signing requests</a>
 */
final class SignerRights implements AdmissionStep {

  private static final String GROUP = "certificates.k8s.io";
  private static final List<String> UPKEEP =
      List.of("ownerReferences", "finalizers", "managedFields", "resourceVersion");

  private final Authorizer authorizer;

  SignerRights(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void validate(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    ObjectNode object = request.object();
    if (object == null || !target.type().group().equals(GROUP)) {
      return;
    }
    ObjectNode old = request.old();
    switch (target.type().resource() + "/" + target.subresource()) {
      case "certificatesigningrequests/approval" ->
          require(request, "approve", old, "approve requests with signerName");
      case "certificatesigningrequests/status" -> {
        if (old != null && signs(object, old)) {
          require(request, "sign", old, "sign requests with signerName");
        }
      }
      case "podcertificaterequests/status" -> {
        if (old != null && !object.path("status").equals(old.path("status"))) {
          require(request, "sign", old, "sign requests with signerName");
        }
      }
      case "clustertrustbundles/" -> {
        if (old == null || !withoutUpkeep(object).equals(withoutUpkeep(old))) {
          require(request, "attest", object, "attest for signerName");
        }
      }
      default -> {}
    }
  }

  /** What garbage collection changes needs no signer. */
  private static ObjectNode withoutUpkeep(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.withObject("metadata").remove(UPKEEP);
    return copy;
  }

  private static boolean signs(ObjectNode object, ObjectNode old) {
    JsonNode status = object.path("status");
    JsonNode before = old.path("status");
    return !status.path("certificate").equals(before.path("certificate"))
        || !status.path("conditions").equals(before.path("conditions"));
  }

  private void require(
      AdmissionRequest request,
      String verb,
      @org.jspecify.annotations.Nullable ObjectNode object,
      String what) {
    String signer = object == null ? "" : object.path("spec").path("signerName").asString("");
    if (signer.isEmpty() || may(request, verb, signer) || may(request, verb, domain(signer))) {
      return;
    }
    throw Refusal.of(request, "user not permitted to " + what + " \"" + signer + "\"");
  }

  private static String domain(String signer) {
    int slash = signer.indexOf('/');
    return (slash < 0 ? signer : signer.substring(0, slash)) + "/*";
  }

  private boolean may(AdmissionRequest request, String verb, String name) {
    return authorizer
        .authorize(
            new Attributes(
                request.user(),
                request.target().cluster(),
                verb,
                GROUP,
                "*",
                "signers",
                "",
                "",
                name,
                ""))
        .allowed();
  }
}

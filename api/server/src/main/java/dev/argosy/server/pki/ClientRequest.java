package dev.argosy.server.pki;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import tools.jackson.databind.JsonNode;

/**
 * An approved CertificateSigningRequest for a client certificate, judged as Kubernetes' signers
 * {@code kubernetes.io/kube-apiserver-client} and {@code
 * kubernetes.io/kube-apiserver-client-kubelet} do. Pure.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/">
 *     Kubernetes: Certificate Signing Requests</a>
 */
sealed interface ClientRequest {

  String SIGNER = "kubernetes.io/kube-apiserver-client";

  /** Of another signer, not approved, or already answered: nothing to do. */
  record NotOurs() implements ClientRequest {}

  /** To be signed. */
  record Good(AskedSignature asked) implements ClientRequest {}

  /** Never to be signed; the reason is for the object's conditions. */
  record Bad(String why) implements ClientRequest {}

  /** Kinds of alternative names in the order of their refusals. */
  List<Map.Entry<Integer, String>> ALTERNATIVE =
      List.of(
          Map.entry(GeneralName.dNSName, "DNS"),
          Map.entry(GeneralName.rfc822Name, "Email"),
          Map.entry(GeneralName.iPAddress, "IP"),
          Map.entry(GeneralName.uniformResourceIdentifier, "URI"));

  /** Judges a whole object. */
  static ClientRequest of(JsonNode object) {
    String signer = object.path("spec").path("signerName").asString("");
    JsonNode status = object.path("status");
    if (!(signer.equals(SIGNER) || signer.equals(NodeRequest.SIGNER))
        || !status.path("certificate").asString("").isEmpty()
        || !RequestStatus.says(status, "Approved")
        || RequestStatus.says(status, "Denied")
        || RequestStatus.says(status, "Failed")) {
      return new NotOurs();
    }
    try {
      AskedSignature asked = AskedSignature.of(object.path("spec"));
      return (signer.equals(SIGNER) ? wrongUsage(asked.usages()) : wrongForKubelet(asked))
          .or(() -> signature(asked))
          .<ClientRequest>map(Bad::new)
          .orElseGet(() -> new Good(asked));
    } catch (IOException | RuntimeException e) {
      return new Bad("unable to parse the request");
    }
  }

  private static Optional<String> wrongUsage(Set<String> usages) {
    Set<String> possible =
        Set.of(
            AskedSignature.CLIENT_AUTH,
            AskedSignature.DIGITAL_SIGNATURE,
            AskedSignature.KEY_ENCIPHERMENT);
    for (String usage : usages.stream().sorted().toList()) {
      if (!possible.contains(usage)) {
        return Optional.of("invalid usage for client certificate: " + usage);
      }
    }
    return usages.contains(AskedSignature.CLIENT_AUTH)
        ? Optional.empty()
        : Optional.of("missing required usage for client certificate: client auth");
  }

  private static Optional<String> wrongForKubelet(AskedSignature asked) {
    SubjectNames subject = asked.subject();
    if (!subject.groups().equals(List.of("system:nodes"))) {
      return Optional.of("subject organization is not system:nodes");
    }
    Set<Integer> names = asked.alternativeNames();
    for (Map.Entry<Integer, String> kind : ALTERNATIVE) {
      if (names.contains(kind.getKey())) {
        return Optional.of(kind.getValue() + " subjectAltNames are not allowed");
      }
    }
    Set<String> needed = Set.of(AskedSignature.CLIENT_AUTH, AskedSignature.DIGITAL_SIGNATURE);
    if (!asked.usages().containsAll(needed) || wrongUsage(asked.usages()).isPresent()) {
      return Optional.of("usages did not match [client auth digital signature key encipherment]");
    }
    return subject.user().startsWith("system:node:")
        ? Optional.empty()
        : Optional.of("subject common name does not begin with system:node:");
  }

  private static Optional<String> signature(AskedSignature asked) {
    return asked.signedByItsKey()
        ? Optional.empty()
        : Optional.of("unable to verify certificate request signature");
  }
}

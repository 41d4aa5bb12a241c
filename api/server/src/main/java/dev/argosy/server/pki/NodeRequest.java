package dev.argosy.server.pki;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import tools.jackson.databind.JsonNode;

/**
 * A CertificateSigningRequest for a node's client certificate, judged. Pure: what is decided
 * depends on the object alone.
 */
sealed interface NodeRequest {

  String SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";

  /** Of another signer, or already answered: nothing to do. */
  record NotOurs() implements NodeRequest {}

  /**
   * To be signed.
   *
   * @param late the name of the node, if it is a {@link LateNode}, which must still be one
   */
  record Good(AskedSignature asked, Optional<String> late) implements NodeRequest {}

  /** Not to be signed; the reason is for the object's conditions. */
  record Bad(String why) implements NodeRequest {}

  /** Whether it is asked of the signer of nodes' certificates. */
  static boolean meant(JsonNode object) {
    return object.path("spec").path("signerName").asString("").equals(SIGNER);
  }

  /** Judges a whole object. */
  static NodeRequest of(JsonNode object) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    if (!meant(object)
        || !status.path("certificate").asString("").isEmpty()
        || RequestStatus.says(status, "Denied")
        || RequestStatus.says(status, "Failed")) {
      return new NotOurs();
    }
    try {
      return judge(spec);
    } catch (IOException | IllegalArgumentException e) {
      return new Bad("the request is not PEM of a PKCS#10 request");
    }
  }

  private static NodeRequest judge(JsonNode spec) throws IOException {
    AskedSignature asked = AskedSignature.of(spec);
    SubjectNames subject = asked.subject();
    String name = subject.user();
    if (!name.matches("system:node:[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
      return new Bad("the common name must be system:node: and the node's name");
    }
    if (!subject.groups().equals(List.of("system:nodes"))) {
      return new Bad("the organization must be system:nodes and nothing else");
    }
    if (asked.request().getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest).length
        > 0) {
      return new Bad("a client certificate has no alternative names");
    }
    if (!usagesFit(asked.usages())) {
      return new Bad("usages must be client auth, digital signature, and key encipherment at most");
    }
    boolean late = isFrom(spec, name, LateNode.GROUP);
    if (!late && !mayAsk(spec, name)) {
      return new Bad("only a join token or the node itself may ask for this");
    }
    return asked.signedByItsKey()
        ? new Good(
            asked, late ? Optional.of(name.substring(LateNode.USER.length())) : Optional.empty())
        : new Bad("the request is not signed by its key");
  }

  private static boolean usagesFit(Set<String> asked) {
    return asked.contains(AskedSignature.CLIENT_AUTH)
        && Set.of(
                AskedSignature.CLIENT_AUTH,
                AskedSignature.DIGITAL_SIGNATURE,
                AskedSignature.KEY_ENCIPHERMENT)
            .containsAll(asked);
  }

  /** The spec's user and groups were set by the API server from who sent it. */
  private static boolean mayAsk(JsonNode spec, String name) {
    boolean joins =
        spec.path("username").asString("").startsWith("system:bootstrap:")
            && inGroup(spec, "system:bootstrappers");
    return joins || isFrom(spec, name, "system:nodes");
  }

  private static boolean isFrom(JsonNode spec, String user, String group) {
    return spec.path("username").asString("").equals(user) && inGroup(spec, group);
  }

  private static boolean inGroup(JsonNode spec, String name) {
    return spec.path("groups").valueStream().anyMatch(group -> group.asString("").equals(name));
  }
}

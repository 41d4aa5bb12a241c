package dev.argosy.server.pki;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import tools.jackson.databind.JsonNode;

/**
 * A CertificateSigningRequest for a node's client certificate, judged. Pure: what is decided
 * depends on the object alone.
 */
sealed interface NodeRequest {

  String SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";

  /** Of another signer, or already answered: nothing to do. */
  record NotOurs() implements NodeRequest {}

  /** To be signed. */
  record Good(PKCS10CertificationRequest request, long seconds) implements NodeRequest {}

  /** Not to be signed; the reason is for the object's conditions. */
  record Bad(String why) implements NodeRequest {}

  /** Judges a whole object. */
  static NodeRequest of(JsonNode object) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    if (!spec.path("signerName").asString("").equals(SIGNER)
        || !status.path("certificate").asString("").isEmpty()
        || hasCondition(status, "Denied")
        || hasCondition(status, "Failed")) {
      return new NotOurs();
    }
    try {
      return judge(spec);
    } catch (IOException | IllegalArgumentException e) {
      return new Bad("the request is not PEM of a PKCS#10 request");
    }
  }

  static boolean hasCondition(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static NodeRequest judge(JsonNode spec) throws IOException {
    PKCS10CertificationRequest request = parse(spec.path("request").asString(""));
    SubjectNames subject = SubjectNames.of(request.getSubject());
    String name = subject.user();
    if (!name.matches("system:node:[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
      return new Bad("the common name must be system:node: and the node's name");
    }
    if (!subject.groups().equals(List.of("system:nodes"))) {
      return new Bad("the organization must be system:nodes and nothing else");
    }
    if (request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest).length > 0) {
      return new Bad("a client certificate has no alternative names");
    }
    if (!usagesFit(spec.path("usages"))) {
      return new Bad("usages must be client auth, digital signature, and key encipherment at most");
    }
    if (!mayAsk(spec, name)) {
      return new Bad("only a join token or the node itself may ask for this");
    }
    return signed(request)
        ? new Good(request, spec.path("expirationSeconds").asLong(0))
        : new Bad("the request is not signed by its key");
  }

  private static PKCS10CertificationRequest parse(String base64) throws IOException {
    String pem = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    for (Object entry : Pem.entries(new StringReader(pem))) {
      if (entry instanceof PKCS10CertificationRequest request) {
        return request;
      }
    }
    throw new IOException("no request");
  }

  private static boolean usagesFit(JsonNode usages) {
    Set<String> asked = new HashSet<>();
    usages.forEach(usage -> asked.add(usage.asString("")));
    return asked.contains("client auth")
        && Set.of("client auth", "digital signature", "key encipherment").containsAll(asked);
  }

  /** The spec's user and groups were set by the API server from who sent it. */
  private static boolean mayAsk(JsonNode spec, String name) {
    List<String> groups = new ArrayList<>();
    spec.path("groups").forEach(group -> groups.add(group.asString("")));
    String user = spec.path("username").asString("");
    boolean joins = user.startsWith("system:bootstrap:") && groups.contains("system:bootstrappers");
    boolean renews = user.equals(name) && groups.contains("system:nodes");
    return joins || renews;
  }

  private static boolean signed(PKCS10CertificationRequest request) {
    try {
      return request.isSignatureValid(
          new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()));
    } catch (PKCSException | OperatorCreationException e) {
      return false;
    }
  }
}

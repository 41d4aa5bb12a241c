package dev.argosy.server.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.Authorizer.Decision;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Who may have what signed. */
class SignerStepsTest {

  private static final ResourceType REQUESTS =
      BuiltinKinds.load()
          .ofCluster("acme")
          .find("certificates.k8s.io", "v1", "certificatesigningrequests")
          .orElseThrow()
          .type();
  private static final ResourceType BUNDLES =
      BuiltinKinds.load()
          .ofCluster("acme")
          .find("certificates.k8s.io", "v1beta1", "clustertrustbundles")
          .orElseThrow()
          .type();
  private static final UserInfo USER = new UserInfo("u", "", List.of(), Map.of());

  private static AdmissionRequest request(
      String subresource, Operation operation, ObjectNode object, @Nullable ObjectNode old) {
    return request(REQUESTS, subresource, operation, object, old);
  }

  private static AdmissionRequest request(
      ResourceType type,
      String subresource,
      Operation operation,
      ObjectNode object,
      @Nullable ObjectNode old) {
    return new AdmissionRequest(
        new AdmissionRequest.Target(type, "acme", "", "r", subresource, false),
        operation,
        USER,
        object,
        old);
  }

  private static ObjectNode signed(String signer, String certificate) {
    ObjectNode object = Json.object();
    object.putObject("spec").put("signerName", signer);
    object.putObject("status").put("certificate", certificate);
    return object;
  }

  @Test
  void approvalAndSigningNeedTheRightForTheSigner() {
    List<String> asked = new ArrayList<>();
    SignerRights step =
        new SignerRights(attributes -> {
          asked.add(attributes.verb() + " " + attributes.name());
          return attributes.name().equals("good.example/*")
              ? Decision.allow("rule")
              : Decision.deny("none");
        });
    ObjectNode good = signed("good.example/x", "");
    ObjectNode bad = signed("bad.example/x", "");
    step.validate(request("approval", Operation.UPDATE, good, good));
    assertThat(asked).containsExactly("approve good.example/x", "approve good.example/*");
    assertThatThrownBy(() -> step.validate(request("approval", Operation.UPDATE, bad, bad)))
        .hasMessageContaining(
            "certificatesigningrequests.certificates.k8s.io \"r\" is forbidden: user not permitted"
                + " to approve requests with signerName \"bad.example/x\"");
    step.validate(request("status", Operation.UPDATE, bad, bad));
    ObjectNode answered = signed("bad.example/x", "pem");
    assertThatThrownBy(() -> step.validate(request("status", Operation.UPDATE, answered, bad)))
        .hasMessageContaining(
            "user not permitted to sign requests with signerName \"bad.example/x\"");
  }

  @Test
  void whoVouchesForASignersAuthoritiesNeedsTheRight() {
    SignerRights step =
        new SignerRights(attributes ->
            attributes.verb().equals("attest") && attributes.name().equals("good.example/x")
                ? Decision.allow("rule")
                : Decision.deny("none"));
    step.validate(request(BUNDLES, "", Operation.CREATE, bundle("good.example/x", "pem"), null));
    step.validate(request(BUNDLES, "", Operation.CREATE, bundle("", "pem"), null));
    ObjectNode bad = bundle("bad.example/x", "pem");
    assertThatThrownBy(() -> step.validate(request(BUNDLES, "", Operation.CREATE, bad, null)))
        .hasMessageContaining(
            "clustertrustbundles.certificates.k8s.io \"r\" is forbidden: user not permitted to"
                + " attest for signerName \"bad.example/x\"");
    ObjectNode collected = bad.deepCopy();
    collected.withObject("metadata").putArray("finalizers").add("example.com/f");
    step.validate(request(BUNDLES, "", Operation.UPDATE, collected, bad));
    ObjectNode other = bundle("bad.example/x", "other");
    assertThatThrownBy(() -> step.validate(request(BUNDLES, "", Operation.UPDATE, other, bad)))
        .hasMessageContaining("user not permitted to attest");
  }

  private static ObjectNode bundle(String signer, String pem) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", "r");
    object.putObject("spec").put("signerName", signer).put("trustBundle", pem);
    return object;
  }

  @Test
  void nobodyAsksForTheGroupOfMasters()
      throws GeneralSecurityException, OperatorCreationException, IOException {
    MastersRequest step = new MastersRequest();
    String signer = "kubernetes.io/kube-apiserver-client";
    step.validate(request("", Operation.CREATE, asking(signer, "CN=u,O=team"), Json.object()));
    step.validate(
        request(
            "", Operation.CREATE, asking("other.example/x", "O=system:masters"), Json.object()));
    ObjectNode masters = asking(signer, "CN=u,O=team,O=system:masters");
    assertThatThrownBy(() -> step.validate(request("", Operation.CREATE, masters, Json.object())))
        .hasMessageContaining(
            "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not"
                + " allowed");
  }

  private static ObjectNode asking(String signer, String subject)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    var made =
        new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(made);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    ObjectNode object = Json.object();
    object
        .putObject("spec")
        .put("signerName", signer)
        .put("request", Base64.getEncoder().encodeToString(bytes));
    return object;
  }
}

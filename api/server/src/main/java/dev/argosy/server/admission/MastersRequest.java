package dev.argosy.server.admission;

import dev.argosy.model.access.UserInfo;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
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
    if (spec.path("signerName").asString("").equals(SIGNER) && asksForAll(request, spec)) {
      throw Refusal.of(
          request,
          "use of " + SIGNER + " signer with " + UserInfo.SYSTEM_MASTERS + " group is not allowed");
    }
  }

  private static boolean asksForAll(AdmissionRequest request, JsonNode spec) {
    try {
      String pem =
          new String(
              Base64.getDecoder().decode(spec.path("request").asString("")),
              StandardCharsets.UTF_8);
      Object parsed = new PEMParser(new StringReader(pem)).readObject();
      if (!(parsed instanceof PKCS10CertificationRequest asked)) {
        throw new IOException("no PKCS#10 request");
      }
      for (RDN name : asked.getSubject().getRDNs(BCStyle.O)) {
        if (IETFUtils.valueToString(name.getFirst().getValue()).equals(UserInfo.SYSTEM_MASTERS)) {
          return true;
        }
      }
      return false;
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.of(request, "failed to parse request");
    }
  }
}

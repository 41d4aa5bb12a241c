package dev.argosy.server.admission;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import tools.jackson.databind.JsonNode;

/** Whom a CertificateSigningRequest wants a certificate for. */
record AskedCertificate(List<String> commonNames, List<String> organizations) {

  /**
   * Reads {@code spec.request}.
   *
   * @throws IOException if it is no PKCS#10 request in PEM
   */
  static AskedCertificate of(JsonNode object) throws IOException {
    try {
      byte[] pem = Base64.getMimeDecoder().decode(object.path("spec").path("request").asString(""));
      StringReader text = new StringReader(new String(pem, StandardCharsets.UTF_8));
      if (new PEMParser(text).readObject() instanceof PKCS10CertificationRequest asked) {
        return new AskedCertificate(names(asked, BCStyle.CN), names(asked, BCStyle.O));
      }
      throw new IOException("no PKCS#10 request");
    } catch (IllegalArgumentException e) {
      throw new IOException("no PKCS#10 request", e);
    }
  }

  private static List<String> names(PKCS10CertificationRequest asked, ASN1ObjectIdentifier type) {
    return Stream.of(asked.getSubject().getRDNs(type))
        .flatMap(name -> Stream.of(name.getTypesAndValues()))
        .filter(pair -> pair.getType().equals(type))
        .map(pair -> IETFUtils.valueToString(pair.getValue()))
        .toList();
  }
}

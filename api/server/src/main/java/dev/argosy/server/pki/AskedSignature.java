package dev.argosy.server.pki;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import tools.jackson.databind.JsonNode;

/**
 * What the spec of a CertificateSigningRequest asks for.
 *
 * @param seconds how long it is wanted; 0 for as long as may be
 */
record AskedSignature(PKCS10CertificationRequest request, Set<String> usages, long seconds) {

  static final String CLIENT_AUTH = "client auth";
  static final String DIGITAL_SIGNATURE = "digital signature";
  static final String KEY_ENCIPHERMENT = "key encipherment";

  AskedSignature {
    usages = Set.copyOf(usages);
  }

  /**
   * Reads a spec.
   *
   * @throws IOException if there is no PKCS#10 request in PEM
   */
  static AskedSignature of(JsonNode spec) throws IOException {
    Set<String> usages = new HashSet<>();
    spec.path("usages").forEach(usage -> usages.add(usage.asString("")));
    return new AskedSignature(
        parse(spec.path("request").asString("")), usages, spec.path("expirationSeconds").asLong(0));
  }

  private static PKCS10CertificationRequest parse(String base64) throws IOException {
    try {
      String pem = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
      for (Object entry : Pem.entries(new StringReader(pem))) {
        if (entry instanceof PKCS10CertificationRequest request) {
          return request;
        }
      }
    } catch (RuntimeException e) { // the parser's answer to some of what is no request
      throw new IOException("no request", e);
    }
    throw new IOException("no request");
  }

  SubjectNames subject() {
    return SubjectNames.of(request.getSubject());
  }

  /** The kinds of alternative names asked for, by {@link GeneralName}'s numbers. */
  Set<Integer> alternativeNames() {
    Set<Integer> kinds = new HashSet<>();
    Extensions extensions = request.getRequestedExtensions();
    if (extensions != null) {
      GeneralNames names =
          GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
      for (GeneralName name : names == null ? new GeneralName[0] : names.getNames()) {
        kinds.add(name.getTagNo());
      }
    }
    return kinds;
  }

  /** Whether whoever asks holds the key; one that cannot be used is nobody's. */
  boolean signedByItsKey() {
    try {
      return request.isSignatureValid(
          new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()));
    } catch (PKCSException | OperatorCreationException | RuntimeException e) {
      return false;
    }
  }
}

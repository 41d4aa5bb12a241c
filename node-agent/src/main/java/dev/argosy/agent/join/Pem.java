package dev.argosy.agent.join;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys and certificates as text (RFC 7468). */
final class Pem {

  private Pem() {}

  static String write(String type, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, encoder.encodeToString(der), type);
  }

  static PrivateKey key(String pem) throws GeneralSecurityException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
  }

  static List<X509Certificate> certificates(String pem)
      throws GeneralSecurityException, IOException {
    try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))) {
      List<X509Certificate> all = new ArrayList<>();
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        all.add((X509Certificate) one);
      }
      return all;
    }
  }
}

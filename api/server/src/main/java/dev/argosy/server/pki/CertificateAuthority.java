package dev.argosy.server.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Signs client certificates with the platform's key. */
public final class CertificateAuthority {

  /** What a certificate lasts when nothing shorter is asked for. */
  static final Duration LONGEST = Duration.ofDays(90);

  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public CertificateAuthority(X509Certificate certificate, PrivateKey key, Clock clock) {
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
  }

  public static CertificateAuthority of(PkiFolder pki, Clock clock) {
    return new CertificateAuthority(pki.caCertificate(), pki.caKey(), clock);
  }

  /**
   * A client certificate for the request's subject and key, as PEM. It lasts between ten minutes
   * and 90 days, and never beyond the authority's own end. Alternative names that were asked for
   * are left out, so that a request cannot choose its cluster.
   *
   * @param cluster where it is to count
   */
  String sign(AskedSignature wanted, ClusterUri cluster) {
    Instant now = clock.instant();
    Instant end = now.plus(lifetime(wanted.seconds()));
    Instant last = certificate.getNotAfter().toInstant();
    try {
      JcaPKCS10CertificationRequest asked = new JcaPKCS10CertificationRequest(wanted.request());
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              certificate,
              new BigInteger(127, random).setBit(126),
              Date.from(now.minus(BACKDATED)),
              Date.from(end.isAfter(last) ? last : end),
              asked.getSubject(),
              asked.getPublicKey());
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(certificate));
      if (keyUsage(wanted) != 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage(wanted)));
      }
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, cluster.text())));
      return pem(builder.build(new JcaContentSignerBuilder(algorithm()).build(key)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("the platform's key cannot sign", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int keyUsage(AskedSignature wanted) {
    return (wanted.usages().contains(AskedSignature.DIGITAL_SIGNATURE)
            ? KeyUsage.digitalSignature
            : 0)
        | (wanted.usages().contains(AskedSignature.KEY_ENCIPHERMENT)
            ? KeyUsage.keyEncipherment
            : 0);
  }

  private static Duration lifetime(long seconds) {
    Duration asked =
        seconds <= 0 ? LONGEST : Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
    return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
  }

  private String algorithm() {
    return key instanceof ECPrivateKey ? "SHA256withECDSA" : "SHA256withRSA";
  }

  private static String pem(X509CertificateHolder holder) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(holder);
    }
    return text.toString();
  }
}

package dev.argosy.server.aggregate.identity;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** A certificate authority that follows from a secret, a name and a time, to the last byte. */
record DerivedAuthority(DerivedKey key, X509Certificate certificate) {

  private static final Duration BACKDATED = Duration.ofHours(1);
  private static final Duration LIFE = Duration.ofDays(365 * 30);

  /**
   * The authority of that name.
   *
   * @param name also what tells it from others of the same secret
   * @param since from when its certificate holds; a little earlier, for clocks that are behind
   */
  static DerivedAuthority of(byte[] secret, String name, String commonName, Instant since) {
    DerivedKey key = DerivedKey.of(secret, name);
    X500Name subject = new X500Name("CN=" + commonName);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.ONE,
            Date.from(since.minus(BACKDATED)),
            Date.from(since.plus(LIFE)),
            subject,
            key.open());
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
          .addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              extensions.createSubjectKeyIdentifier(key.open()));
      return new DerivedAuthority(key, finished(builder, key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a derived key cannot sign", e);
    }
  }

  /** A certificate for clients of TLS. */
  X509Certificate client(String commonName, PublicKey open, Instant from, Instant to) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            certificate,
            BigInteger.valueOf(from.toEpochMilli()),
            Date.from(from),
            Date.from(to),
            new X500Name("CN=" + commonName),
            open);
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(certificate));
      return finished(builder, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a derived key cannot sign", e);
    }
  }

  private static X509Certificate finished(X509v3CertificateBuilder builder, DerivedKey key)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new SteadySigner(key.secret())));
  }

  /** The certificate as PEM. */
  String pem() {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}

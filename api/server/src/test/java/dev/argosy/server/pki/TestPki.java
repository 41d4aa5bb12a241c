package dev.argosy.server.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;

/** Keys and certificates for tests, made on the spot; valid on any day that a test may run. */
public final class TestPki {

  private static final Date FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
  private static final Date TO = Date.from(Instant.parse("2100-01-01T00:00:00Z"));

  private final KeyPair authority = newKey();
  private final X500Name name = new X500Name("CN=argosy-test");

  public static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the five files. */
  public PkiFolder write(Path folder) throws Exception {
    KeyPair tokens = newKey();
    pem(folder.resolve("ca.crt"), certificate(name, authority, true, ""));
    key(folder.resolve("ca.key"), authority);
    key(folder.resolve("sa.key"), tokens);
    pem(folder.resolve("sa.pub"), tokens.getPublic());
    key(folder.resolve("front-proxy.key"), newKey());
    return new PkiFolder(folder);
  }

  /** A certificate of the authority; a cluster may be named in it. */
  public java.security.cert.X509Certificate client(String subject, String cluster)
      throws Exception {
    return Pem.certificate(certificate(new X500Name(subject), newKey(), false, cluster));
  }

  private X509CertificateHolder certificate(
      X500Name subject, KeyPair key, boolean ca, String cluster) throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name, BigInteger.valueOf(System.nanoTime()), FROM, TO, subject, key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
    if (!cluster.isEmpty()) {
      GeneralName uri =
          new GeneralName(GeneralName.uniformResourceIdentifier, "argosy://clusters/" + cluster);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(uri));
    }
    return builder.build(
        new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
  }

  /** A request for a certificate, as PEM. */
  public static String request(String subject) throws Exception {
    return request(subject, "");
  }

  /** A request that asks for an alternative name too. */
  public static String request(String subject, String uri) throws Exception {
    KeyPair key = newKey();
    var builder = new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), key.getPublic());
    if (!uri.isEmpty()) {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, uri);
      extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
      builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
    }
    StringWriter text = new StringWriter();
    write(
        text,
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    return text.toString();
  }

  private static void key(Path file, KeyPair pair) throws IOException {
    pem(file, new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static void pem(Path file, Object entry) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      write(writer, entry);
    }
  }

  private static void write(Writer to, Object entry) throws IOException {
    try (JcaPEMWriter writer = new JcaPEMWriter(to)) {
      if (entry instanceof PemObjectGenerator ready) {
        writer.writeObject(ready);
      } else {
        writer.writeObject(entry);
      }
    }
  }
}

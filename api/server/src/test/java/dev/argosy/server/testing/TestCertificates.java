package dev.argosy.server.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority in a folder, for the length of a test. */
public final class TestCertificates {

  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2090-01-01T00:00:00Z");

  private final Path folder;
  private final KeyPair caKeys;
  private final X509Certificate caCertificate;

  private TestCertificates(Path folder, KeyPair caKeys, X509Certificate caCertificate) {
    this.folder = folder;
    this.caKeys = caKeys;
    this.caCertificate = caCertificate;
  }

  public static TestCertificates in(Path folder)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPair keys = keys();
    X509Certificate ca = certificate("CN=test-ca", keys, "CN=test-ca", keys.getPrivate(), true);
    TestCertificates certificates = new TestCertificates(folder, keys, ca);
    certificates.write("ca.crt", "CERTIFICATE", ca.getEncoded());
    KeyPair server = keys();
    X509Certificate leaf = certificate("CN=api", server, "CN=test-ca", keys.getPrivate(), false);
    certificates.write("server.crt", "CERTIFICATE", leaf.getEncoded());
    certificates.write("server.key", "PRIVATE KEY", server.getPrivate().getEncoded());
    return certificates;
  }

  public Path ca() {
    return folder.resolve("ca.crt");
  }

  public Path serverCertificate() {
    return folder.resolve("server.crt");
  }

  public Path serverKey() {
    return folder.resolve("server.key");
  }

  /** TLS as a client has it that trusts this authority; with a certificate if a name is given. */
  public SSLContext client(String commonName) throws Exception {
    KeyStore trust = store();
    trust.setCertificateEntry("ca", caCertificate);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust);
    KeyStore identity = store();
    if (!commonName.isEmpty()) {
      KeyPair keys = keys();
      X509Certificate leaf =
          certificate("CN=" + commonName, keys, "CN=test-ca", caKeys.getPrivate(), false);
      identity.setKeyEntry("me", keys.getPrivate(), new char[0], new Certificate[] {leaf});
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(identity, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  /** TLS as a server has it whose certificate is for these names. */
  public SSLContext server(String... names) throws Exception {
    return server(null, names);
  }

  /** The same, which believes clients of that authority. */
  public SSLContext serverOf(X509Certificate clients, String... names) throws Exception {
    KeyStore trust = store();
    trust.setCertificateEntry("clients", clients);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust);
    return server(trusted.getTrustManagers(), names);
  }

  private SSLContext server(TrustManager @Nullable [] trusted, String... names) throws Exception {
    KeyPair keys = keys();
    X509Certificate leaf =
        certificate("CN=server", keys, "CN=test-ca", caKeys.getPrivate(), false, names);
    KeyStore identity = store();
    identity.setKeyEntry("me", keys.getPrivate(), new char[0], new Certificate[] {leaf});
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(identity, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted, null);
    return context;
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String subject,
      KeyPair keys,
      String issuer,
      PrivateKey signer,
      boolean authority,
      String... names)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(subject.hashCode() & 0x7fffffffL),
            Date.from(FROM),
            Date.from(TO),
            new X500Name(subject),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            Stream.concat(
                    Stream.of(
                        new GeneralName(GeneralName.dNSName, "localhost"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1")),
                    Arrays.stream(names).map(name -> new GeneralName(GeneralName.dNSName, name)))
                .toArray(GeneralName[]::new)));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }

  private void write(String name, String type, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }
}

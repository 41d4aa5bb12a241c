package dev.argosy.agent.join;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Connections that trust the platform's authority and nothing else. */
public final class Tls {

  private final List<X509Certificate> authority;

  private Tls(List<X509Certificate> authority) {
    this.authority = List.copyOf(authority);
  }

  /** Trusts the certificates in a file. */
  public static Tls trusting(Path caFile) throws JoinFailure {
    try {
      List<X509Certificate> authority = Pem.certificates(Files.readString(caFile));
      if (authority.isEmpty()) {
        throw new JoinFailure("no certificate in " + caFile);
      }
      return new Tls(authority);
    } catch (IOException | GeneralSecurityException e) {
      throw new JoinFailure(
          "cannot read the server's CA certificate " + caFile + ": " + e.getMessage());
    }
  }

  /** A context that also shows who the node is, once it has a certificate. */
  public SSLContext context(@Nullable NodeCertificate certificate) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null);
      for (int i = 0; i < authority.size(); i++) {
        trusted.setCertificateEntry("ca" + i, authority.get(i));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(certificate), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager @Nullable [] keys(@Nullable NodeCertificate certificate)
      throws GeneralSecurityException, IOException {
    if (certificate == null) {
      return null;
    }
    char[] password = {};
    KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
    own.load(null);
    own.setKeyEntry(
        "node", certificate.key(), password, certificate.chain().toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, password);
    return keys.getKeyManagers();
  }
}

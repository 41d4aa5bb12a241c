package dev.argosy.server.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The platform's keys, as {@code ops/up} makes them: {@code ca.crt}, {@code ca.key} (client and
 * serving certificates), {@code sa.key}, {@code sa.pub} (service-account tokens). {@code sa.pub}
 * may hold several keys: tokens of all of them are believed, which is how the key is changed.
 * {@code front-proxy.key} is what the authorities of aggregation are derived from; it may be
 * missing.
 */
public record PkiFolder(Path folder) {

  public Path caCertificateFile() {
    return folder.resolve("ca.crt");
  }

  public X509Certificate caCertificate() {
    return Pem.certificates(caCertificateFile()).getFirst();
  }

  /** The certificate as it stands in its file. */
  public String caText() {
    try {
      return Files.readString(caCertificateFile());
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + caCertificateFile(), e);
    }
  }

  public PrivateKey caKey() {
    return Pem.privateKey(folder.resolve("ca.key"));
  }

  public boolean hasFrontProxyKey() {
    return Files.isReadable(frontProxyFile());
  }

  /** The secret behind what API servers of tenants know this server by. */
  public PrivateKey frontProxyKey() {
    return Pem.privateKey(frontProxyFile());
  }

  private Path frontProxyFile() {
    return folder.resolve("front-proxy.key");
  }

  /** The key that signs service-account tokens. */
  public PrivateKey tokenKey() {
    return Pem.privateKey(folder.resolve("sa.key"));
  }

  /** The keys whose tokens are believed; the first belongs to {@link #tokenKey()}. */
  public List<PublicKey> tokenPublicKeys() {
    return Pem.publicKeys(folder.resolve("sa.pub"));
  }
}

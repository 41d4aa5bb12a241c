package dev.argosy.server.authn;

import dev.argosy.server.pki.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom to believe, and as whom to come, when others are asked over TLS.
 *
 * @param ca PEM certificates; empty: those of the Java platform
 * @param own certificate and key; empty: none
 */
public record ClientTls(Optional<Path> ca, Optional<Own> own) {

  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  /** The client's own PEM certificate chain and key. */
  public record Own(Path certificate, Path key) {}

  /**
   * A context for this.
   *
   * @throws IllegalArgumentException if a file cannot be used; names it, never its content
   */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(ca.map(Pem::certificates)), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot use the certificates of " + this, e);
    }
  }

  /**
   * A context that believes whom these PEM certificates vouch for, and comes as nobody.
   *
   * @throws IllegalArgumentException if they cannot be used
   */
  static SSLContext trusting(String certificates) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[0], trustManagers(Optional.of(Pem.certificates(certificates))), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot use the certificates of an authority", e);
    }
  }

  private static TrustManager[] trustManagers(Optional<List<X509Certificate>> authorities)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (authorities.isEmpty()) {
      trust.init((KeyStore) null);
    } else {
      KeyStore store = empty();
      int number = 0;
      for (X509Certificate certificate : authorities.get()) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      trust.init(store);
    }
    return trust.getTrustManagers();
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    if (own.isEmpty()) {
      return new KeyManager[0];
    }
    KeyStore store = empty();
    store.setKeyEntry(
        "own",
        Pem.privateKey(own.get().key()),
        IN_MEMORY,
        Pem.certificates(own.get().certificate()).toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, IN_MEMORY);
    return keys.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }
}

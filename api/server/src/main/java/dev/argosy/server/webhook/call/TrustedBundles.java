package dev.argosy.server.webhook.call;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that believes in one bundle each; those used last are kept, with their sessions. */
final class TrustedBundles {

  private static final int KEPT = 1024;

  private final Map<String, SSLContext> contexts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SSLContext> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * TLS for a bundle.
   *
   * @param caBundle PEM in Base64; empty for the certificates of this system
   */
  SSLContext of(String caBundle) throws CallException {
    synchronized (contexts) {
      SSLContext known = contexts.get(caBundle);
      if (known != null) {
        return known;
      }
    }
    SSLContext made = make(caBundle);
    synchronized (contexts) {
      SSLContext raced = contexts.putIfAbsent(caBundle, made);
      return raced == null ? made : raced;
    }
  }

  private static SSLContext make(String caBundle) throws CallException {
    try {
      if (caBundle.isEmpty()) {
        return SSLContext.getDefault();
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(Base64.getMimeDecoder().decode(caBundle)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new CallException("could not get REST client: unable to load root certificates");
    }
  }

  private static KeyStore store(byte[] pem) throws GeneralSecurityException, IOException {
    Collection<? extends Certificate> all =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (all.isEmpty()) {
      throw new GeneralSecurityException("no certificate in the bundle");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : all) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    return store;
  }
}

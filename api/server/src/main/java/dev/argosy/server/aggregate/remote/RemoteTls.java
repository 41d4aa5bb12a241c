package dev.argosy.server.aggregate.remote;

import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.aggregate.identity.FrontProxy;
import dev.argosy.server.dial.TrustAnyone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings by cluster and bundle: the cluster's identity to show, and whom to believe. Clusters
 * share none, so no session of one is resumed in another.
 */
final class RemoteTls {

  private static final int KEPT = 512;
  private static final Duration WITHOUT_IDENTITY = Duration.ofMinutes(1);
  private static final char[] NO_SECRET = new char[0];

  private final Optional<FrontProxies> proxies;
  private final Clock clock;
  private final Map<Wanted, Made> contexts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, Made> eldest) {
          return size() > KEPT;
        }
      };

  RemoteTls(Optional<FrontProxies> proxies, Clock clock) {
    this.proxies = proxies;
    this.clock = clock;
  }

  private record Wanted(
      String cluster, Optional<FrontProxy> proxy, String caBundle, boolean unverified) {}

  private record Made(SSLContext context, Instant until) {}

  /**
   * The settings for a server.
   *
   * @throws IOException if its bundle cannot be used
   */
  SSLContext of(RemoteServer server) throws IOException {
    String cluster = server.service().cluster();
    Wanted wanted =
        new Wanted(
            cluster,
            proxies.flatMap(all -> all.of(cluster)),
            server.caBundle(),
            server.unverified());
    synchronized (contexts) {
      @Nullable Made known = contexts.get(wanted);
      if (known != null && clock.instant().isBefore(known.until())) {
        return known.context();
      }
    }
    Made made = make(wanted);
    synchronized (contexts) {
      contexts.put(wanted, made);
    }
    return made.context();
  }

  private Made make(Wanted wanted) throws IOException {
    Optional<FrontProxy.Certified> identity = wanted.proxy().map(FrontProxy::certify);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity.isPresent() ? keys(identity.get()) : null,
          wanted.unverified() ? new TrustManager[] {new TrustAnyone()} : trust(wanted.caBundle()),
          null);
      return new Made(
          context,
          identity
              .map(FrontProxy.Certified::renewal)
              .orElseGet(() -> clock.instant().plus(WITHOUT_IDENTITY)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("unable to load root certificates", e);
    }
  }

  private static KeyManager[] keys(FrontProxy.Certified identity)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    store.setKeyEntry(
        "me", identity.keys().getPrivate(), NO_SECRET, new Certificate[] {identity.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_SECRET);
    return keys.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(String caBundle)
      throws GeneralSecurityException, IOException {
    if (caBundle.isEmpty()) {
      return null; // those of the system
    }
    Collection<? extends Certificate> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(caBundle)));
    if (all.isEmpty()) {
      throw new GeneralSecurityException("no certificate in the bundle");
    }
    KeyStore store = empty();
    int number = 0;
    for (Certificate certificate : all) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}

package dev.argosy.scheduler.extender;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whom an extender's certificate must be of, and with which certificate the scheduler comes. */
public final class Tls {

  /** As the Java platform has it, without a certificate of the scheduler's own. */
  public static final Tls DEFAULT = new Tls(Optional.empty());

  private static final char[] PASSWORD = new char[0];
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final Optional<SSLContext> context;

  private Tls(Optional<SSLContext> context) {
    this.context = context;
  }

  /** Empty for that of the Java platform. */
  Optional<SSLContext> context() {
    return context;
  }

  /**
   * Reads PEM texts; empty ones are not there.
   *
   * @throws GeneralSecurityException if one is not what it should be; its message says no secret
   */
  static Tls of(String authorities, String certificate, String key)
      throws GeneralSecurityException {
    try {
      TrustManager[] trusted = authorities.isEmpty() ? null : trusting(certificates(authorities));
      KeyManager[] own = certificate.isEmpty() ? null : coming(certificates(certificate), key);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trusted, new SecureRandom());
      return new Tls(Optional.of(context));
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot keep the certificates", e);
    }
  }

  private static List<Certificate> certificates(String pem) throws GeneralSecurityException {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> all = new ArrayList<>();
    try {
      all.addAll(factory.generateCertificates(new ByteArrayInputStream(bytes)));
    } catch (CertificateException e) {
      throw new GeneralSecurityException("must be certificates in PEM", e);
    }
    if (all.isEmpty()) {
      throw new GeneralSecurityException("must be certificates in PEM");
    }
    return all;
  }

  private static TrustManager[] trusting(List<Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca" + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] coming(List<Certificate> chain, String key)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
    store.setKeyEntry("own", key(key, algorithm), PASSWORD, chain.toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, PASSWORD);
    return store;
  }

  private static PrivateKey key(String pem, String algorithm) throws GeneralSecurityException {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("the key must be PEM of PKCS #8 (BEGIN PRIVATE KEY)");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (IllegalArgumentException | InvalidKeySpecException e) {
      throw new GeneralSecurityException("the key is not that of the certificate", e);
    }
  }
}

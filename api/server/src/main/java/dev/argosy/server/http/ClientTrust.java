package dev.argosy.server.http;

import dev.argosy.server.pki.LateNode;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates clients may show: those that the platform's trust manager takes, and those of
 * {@link LateNode}s, judged as on the day they ended. What such a node may do is for authentication
 * to say.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private final X509ExtendedTrustManager usual;
  private final KeyStore authorities;
  private final Clock clock;

  ClientTrust(X509ExtendedTrustManager usual, KeyStore authorities, Clock clock) {
    this.usual = usual;
    this.authorities = authorities;
    this.clock = clock;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      usual.checkClientTrusted(chain, type, engine);
    } catch (CertificateException e) {
      checkLate(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    try {
      usual.checkClientTrusted(chain, type, socket);
    } catch (CertificateException e) {
      checkLate(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    try {
      usual.checkClientTrusted(chain, type);
    } catch (CertificateException e) {
      checkLate(chain, e);
    }
  }

  private void checkLate(X509Certificate[] chain, CertificateException refused)
      throws CertificateException {
    X509Certificate leaf = chain[0];
    if (LateNode.of(leaf, clock.instant()).isEmpty()
        || leaf.getExtendedKeyUsage() == null
        || !leaf.getExtendedKeyUsage().contains(CLIENT_AUTH)) {
      throw refused;
    }
    try {
      PKIXParameters asOfItsEnd = new PKIXParameters(authorities);
      asOfItsEnd.setRevocationEnabled(false);
      asOfItsEnd.setDate(new Date(leaf.getNotAfter().getTime() - 1000));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), asOfItsEnd);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    usual.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    usual.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    usual.checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return usual.getAcceptedIssuers();
  }
}

package dev.argosy.agent.pod.probe;

import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Probes accept any certificate, as Kubernetes says of {@code httpGet} with scheme HTTPS. */
final class TrustAll implements X509TrustManager {

  private TrustAll() {}

  static void apply(HttpURLConnection connection) {
    if (connection instanceof HttpsURLConnection https) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        https.setSSLSocketFactory(context.getSocketFactory());
        https.setHostnameVerifier((host, session) -> true);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // never a server
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    // any will do
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}

package dev.argosy.agent.join;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Gets the certificate of the platform's authority from the server itself. What the server shows is
 * believed if the authority's public key has the hash that somebody brought along; nothing is sent
 * before.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/#token-based-discovery-with-ca-pinning">kubeadm's
 *     discovery with CA pinning, whose hashes these are</a>
 */
public final class Authority {

  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final int HTTPS = 443;
  private static final int TIMEOUT_MILLIS = 10_000;

  private Authority() {}

  /**
   * The authority's certificate, as PEM.
   *
   * @param hash {@code sha256:} and the hash of its public key, in hexadecimal
   * @throws JoinFailure if the server cannot be reached or shows no such authority
   */
  public static String fetch(URI server, String hash) throws JoinFailure {
    String wanted = hash.toLowerCase(Locale.ROOT);
    if (!HASH.matcher(wanted).matches()) {
      throw new JoinFailure(
          "the hash of the authority is sha256: and 64 hexadecimal digits, not \"" + hash + "\"");
    }
    List<X509Certificate> shown = shown(server);
    for (X509Certificate certificate : shown) {
      if (certificate.getBasicConstraints() >= 0 && hash(certificate).equals(wanted)) {
        return pem(certificate);
      }
    }
    boolean authority = shown.stream().anyMatch(c -> c.getBasicConstraints() >= 0);
    throw new JoinFailure(
        authority
            ? "the authority that "
                + server
                + " shows does not have this hash: it is another platform, or somebody is between;"
                + " compare the hash with the one that the platform's administrator sees"
            : server
                + " shows no certificate of its authority: copy it here and name it with --ca");
  }

  /** The hash by which an authority is known. */
  static String hash(X509Certificate certificate) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(X509Certificate certificate) {
    try {
      return Pem.write("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<X509Certificate> shown(URI server) throws JoinFailure {
    Seen seen = new Seen();
    int port = server.getPort() < 0 ? HTTPS : server.getPort();
    try (SSLSocket socket = (SSLSocket) seen.context().getSocketFactory().createSocket()) {
      socket.connect(new java.net.InetSocketAddress(server.getHost(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.startHandshake();
    } catch (IOException e) {
      throw new JoinFailure("cannot reach " + server + ": " + e.getMessage());
    }
    return seen.chain;
  }

  /** Believes nothing, and remembers what was shown. */
  private static final class Seen extends X509ExtendedTrustManager {
    private final List<X509Certificate> chain = new ArrayList<>();

    SSLContext context() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) {
      chain.addAll(List.of(shown));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
      chain.addAll(List.of(shown));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) {
      chain.addAll(List.of(shown));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) {
      throw new UnsupportedOperationException("a client has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
      throw new UnsupportedOperationException("a client has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type) {
      throw new UnsupportedOperationException("a client has no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

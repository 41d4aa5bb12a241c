package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.pki.Pem;
import dev.argosy.server.pki.SubjectNames;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Believes headers that name the user, if a proxy's certificate comes with them. Such a certificate
 * proves nothing else: without the headers its bearer is nobody.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy">Authenticating
 *     proxy</a>
 */
public final class ProxyIdentity {

  private final RequestHeaderSettings settings;
  private final List<X509Certificate> authorities;

  /**
   * @throws IllegalArgumentException if the certificates cannot be read
   */
  public ProxyIdentity(RequestHeaderSettings settings) {
    this.settings = settings;
    this.authorities = Pem.certificates(settings.ca());
  }

  /** Whether the certificate is a proxy's, and no user's. */
  boolean issued(X509Certificate certificate) {
    return authorities.stream().anyMatch(authority -> signed(certificate, authority));
  }

  private static boolean signed(X509Certificate certificate, X509Certificate authority) {
    if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whom the headers name; nobody, if they name none or the proxy is not one of those allowed. */
  Optional<UserInfo> user(Credentials credentials, X509Certificate certificate) {
    if (!settings.allowedNames().isEmpty()
        && !settings.allowedNames().contains(commonName(certificate))) {
      return Optional.empty();
    }
    String name = first(credentials, settings.userHeaders());
    if (name.isEmpty()) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    for (String header : settings.groupHeaders()) {
      credentials.headers().values(header).stream()
          .filter(group -> !group.isEmpty())
          .forEach(groups::add);
    }
    return Optional.of(
        new UserInfo(name, first(credentials, settings.uidHeaders()), groups, extra(credentials)));
  }

  private static String commonName(X509Certificate certificate) {
    return SubjectNames.of(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()))
        .user();
  }

  private static String first(Credentials credentials, List<String> headers) {
    return headers.stream()
        .flatMap(header -> credentials.headers().values(header).stream().limit(1))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private Map<String, List<String>> extra(Credentials credentials) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    for (String prefix : settings.extraPrefixes()) {
      for (String header : credentials.headers().names()) {
        if (header.regionMatches(true, 0, prefix, 0, prefix.length())) {
          String key = unescaped(header.substring(prefix.length()).toLowerCase(Locale.ROOT));
          extra
              .computeIfAbsent(key, k -> new ArrayList<>())
              .addAll(credentials.headers().values(header));
        }
      }
    }
    return extra;
  }

  private static String unescaped(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }
}

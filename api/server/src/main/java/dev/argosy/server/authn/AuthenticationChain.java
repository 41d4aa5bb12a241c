package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.Credentials;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** Certificate first, then token, else anonymous; a credential that is bad ends the search. */
public final class AuthenticationChain implements Authenticator {

  private final BearerTokens tokens;
  private final HomeClusters homes;
  private final ClusterDirectory clusters;
  private final Clock clock;
  private final Optional<ProxyIdentity> proxies;

  /** Where there are no tenants to get certificates, and no proxies. */
  AuthenticationChain(BearerTokens tokens, HomeClusters homes, Clock clock) {
    this(tokens, homes, name -> Optional.empty(), clock, Optional.empty());
  }

  /**
   * @param clusters to tell certificates of tenants that are gone
   * @param proxies who may name users in headers
   */
  public AuthenticationChain(
      BearerTokens tokens,
      HomeClusters homes,
      ClusterDirectory clusters,
      Clock clock,
      Optional<ProxyIdentity> proxies) {
    this.tokens = tokens;
    this.homes = homes;
    this.clusters = clusters;
    this.clock = clock;
    this.proxies = proxies;
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    if (credentials.certificate().isPresent()) {
      return byCertificate(credentials, credentials.certificate().get());
    }
    if (credentials.bearer().isPresent()) {
      return byToken(credentials.bearer().get());
    }
    return new Authentication.Anonymous();
  }

  private Authentication byCertificate(Credentials credentials, X509Certificate certificate) {
    // a connection may outlive the certificate that opened it
    Instant instant = clock.instant();
    Date now = Date.from(instant);
    if (now.after(certificate.getNotAfter()) || now.before(certificate.getNotBefore())) {
      return CertificateIdentity.late(certificate, instant)
          .map(this::known)
          .orElse(new Authentication.Rejected("certificate out of its time"));
    }
    if (proxies.isPresent() && proxies.get().issued(certificate)) {
      return proxies
          .get()
          .user(credentials, certificate)
          .map(this::known)
          .orElse(new Authentication.Rejected("a proxy that names no user, or may not"));
    }
    Optional<UserInfo> user = CertificateIdentity.of(certificate, clusters);
    return user.isPresent()
        ? known(user.get())
        : new Authentication.Rejected(
            "certificate names no user, several clusters, or one that is gone");
  }

  private Authentication byToken(String token) {
    return switch (tokens.check(token, tokens.apiAudiences())) {
      case BearerTokens.Result.Good good -> known(good.user());
      case BearerTokens.Result.Bad bad -> new Authentication.Rejected(bad.why());
    };
  }

  private Authentication known(UserInfo user) {
    Optional<String> scope = ClusterScope.of(user).or(() -> tokens.homeOf(user));
    return new Authentication.Known(user, scope.isPresent() ? scope : homes.homeOf(user));
  }
}

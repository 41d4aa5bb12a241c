package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.Credentials;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;

/** Certificate first, then token, else anonymous; a credential that is bad ends the search. */
public final class AuthenticationChain implements Authenticator {

  private final BearerTokens tokens;
  private final HomeClusters homes;
  private final Clock clock;

  public AuthenticationChain(BearerTokens tokens, HomeClusters homes, Clock clock) {
    this.tokens = tokens;
    this.homes = homes;
    this.clock = clock;
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    if (credentials.certificate().isPresent()) {
      return byCertificate(credentials.certificate().get());
    }
    if (credentials.bearer().isPresent()) {
      return byToken(credentials.bearer().get());
    }
    return new Authentication.Anonymous();
  }

  private Authentication byCertificate(X509Certificate certificate) {
    // a connection may outlive the certificate that opened it
    Date now = Date.from(clock.instant());
    if (now.after(certificate.getNotAfter()) || now.before(certificate.getNotBefore())) {
      return new Authentication.Rejected("certificate out of its time");
    }
    Optional<UserInfo> user = CertificateIdentity.of(certificate);
    return user.isPresent()
        ? known(user.get())
        : new Authentication.Rejected("certificate names no user, or several clusters");
  }

  private Authentication byToken(String token) {
    return switch (tokens.check(token, tokens.apiAudiences())) {
      case BearerTokens.Result.Good good -> known(good.user());
      case BearerTokens.Result.Bad bad -> new Authentication.Rejected(bad.why());
    };
  }

  private Authentication known(UserInfo user) {
    Optional<String> scope = ClusterScope.of(user);
    return new Authentication.Known(user, scope.isPresent() ? scope : homes.homeOf(user));
  }
}

package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ObjectLookup;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks bearer tokens of every kind. */
public final class BearerTokens {

  private static final int REMEMBERED = 20_000;

  private final ServiceAccountTokens serviceAccounts;
  private final OidcTokens oidc;
  private final BootstrapTokens bootstrap;
  private final ObjectLookup objects;
  private final Clock clock;
  private final Set<String> apiAudiences;
  private final CheckedTokens checked = new CheckedTokens(REMEMBERED);

  public BearerTokens(TokenKeys keys, OidcSettings oidc, ObjectLookup objects, Clock clock) {
    this.serviceAccounts = new ServiceAccountTokens(keys);
    this.oidc = new OidcTokens(oidc, clock);
    this.bootstrap = new BootstrapTokens(objects, clock);
    this.objects = objects;
    this.clock = clock;
    Set<String> audiences = new HashSet<>(this.oidc.audiences());
    audiences.add(ServiceAccountNames.API);
    this.apiAudiences = Set.copyOf(audiences);
  }

  /** What checking found. */
  public sealed interface Result {

    /**
     * The token is good.
     *
     * @param audiences those asked for that it was made for
     */
    record Good(UserInfo user, Set<String> audiences) implements Result {}

    /**
     * It is not.
     *
     * @param why for the log only
     */
    record Bad(String why) implements Result {}
  }

  /** The audiences that stand for this API. */
  public Set<String> apiAudiences() {
    return apiAudiences;
  }

  /**
   * Checks a token.
   *
   * @param audiences it must be made for one of these
   */
  public Result check(String token, Set<String> audiences) {
    try {
      if (BootstrapTokens.looksLike(token)) {
        return bootstrap(token, audiences);
      }
      TokenClaims claims = claims(token);
      if (!claims.madeFor(audiences)) {
        return new Result.Bad("made for another audience");
      }
      requireBound(claims);
      Set<String> common = new HashSet<>(claims.audiences());
      common.retainAll(audiences);
      return new Result.Good(claims.user(), Set.copyOf(common));
    } catch (BadTokenException e) {
      return new Result.Bad(String.valueOf(e.getMessage()));
    }
  }

  private Result bootstrap(String token, Set<String> audiences) throws BadTokenException {
    if (!audiences.contains(ServiceAccountNames.API)) {
      return new Result.Bad("a bootstrap token is for this API only");
    }
    return new Result.Good(bootstrap.check(token), Set.of(ServiceAccountNames.API));
  }

  private TokenClaims claims(String token) throws BadTokenException {
    String hash = CheckedTokens.hash(token);
    Instant now = clock.instant();
    TokenClaims known = checked.find(hash);
    if (known != null && now.isBefore(known.expires())) {
      return known;
    }
    checked.forget(hash);
    TokenClaims claims = read(token, now);
    checked.remember(hash, claims);
    return claims;
  }

  private TokenClaims read(String token, Instant now) throws BadTokenException {
    Jwt jwt = Jwt.parse(token);
    Optional<String> cluster = ServiceAccountNames.clusterOf(jwt.issuer());
    return cluster.isPresent()
        ? serviceAccounts.read(jwt, cluster.get(), now)
        : oidc.read(jwt, now);
  }

  private void requireBound(TokenClaims claims) throws BadTokenException {
    List<TokenClaims.Bound> bound = claims.bound();
    for (TokenClaims.Bound one : bound) {
      Optional<ApiObject> object = objects.find(one.key());
      if (object.isEmpty() || !object.get().meta().uid().equals(one.uid())) {
        throw new BadTokenException(one.key().resource() + " of the token is gone");
      }
    }
  }
}

package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.authn.claims.TrustedIssuer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks bearer tokens of every kind. */
public final class BearerTokens {

  private static final int REMEMBERED = 20_000;

  private final ServiceAccountTokens serviceAccounts;
  private final OidcTokens oidc;
  private final BootstrapTokens bootstrap;
  private final LegacyTokens legacy;
  private final BoundObjects bound;
  private final Clock clock;
  private final List<TrustedIssuer> always;
  private volatile Set<String> apiAudiences;
  private volatile CheckedTokens<TokenClaims> checked = new CheckedTokens<>(REMEMBERED);
  private final Optional<WebhookTokens> webhook;
  private final AccessTokens access;

  /** Where nobody else knows tokens. */
  public BearerTokens(TokenKeys keys, OidcSettings oidc, ObjectLookup objects, Clock clock) {
    this(keys, oidc, objects, clock, new Others(Optional.empty(), AccessTokens.NONE));
  }

  /**
   * Who else knows tokens.
   *
   * @param webhook who is asked about those that nobody else knows
   * @param access those that users made for programs
   */
  public record Others(Optional<WebhookTokens> webhook, AccessTokens access) {}

  public BearerTokens(
      TokenKeys keys, OidcSettings oidc, ObjectLookup objects, Clock clock, Others others) {
    this.webhook = others.webhook;
    this.access = others.access;
    this.serviceAccounts = new ServiceAccountTokens(keys);
    this.always = oidc.trusted();
    this.oidc = new OidcTokens(always, clock);
    this.bootstrap = new BootstrapTokens(objects, clock);
    this.legacy = new LegacyTokens(keys);
    this.bound = new BoundObjects(objects, clock);
    this.clock = clock;
    this.apiAudiences = apiAudiences(this.oidc);
  }

  private static Set<String> apiAudiences(OidcTokens oidc) {
    Set<String> audiences = new HashSet<>(oidc.audiences());
    audiences.add(ServiceAccountNames.API);
    return Set.copyOf(audiences);
  }

  /**
   * Believes these issuers from now on, besides those of the settings, and forgets what it knew of
   * tokens. For one thread.
   *
   * @throws IllegalArgumentException if they cannot be used; nothing changes then
   */
  public void trust(List<TrustedIssuer> further) {
    List<TrustedIssuer> all = new ArrayList<>(always);
    all.addAll(further);
    oidc.replace(all);
    apiAudiences = apiAudiences(oidc);
    checked = new CheckedTokens<>(REMEMBERED);
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
     * @param why for the log, and for reviews of the token; holds nothing of it
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
      if (access.looksLike(token)) {
        return access(token, audiences);
      }
      if (BootstrapTokens.looksLike(token)) {
        return bootstrap(token, audiences);
      }
      String hash = CheckedTokens.hash(token);
      CheckedTokens<TokenClaims> remembered = checked;
      TokenClaims known = remembered.find(hash);
      if (known == null && webhook.isPresent() && !ours(token)) {
        return webhook.get().check(token, audiences, apiAudiences);
      }
      TokenClaims claims = claims(token, hash, known, remembered);
      if (!claims.madeFor(audiences)) {
        return new Result.Bad(anotherAudience(claims.audiences(), audiences));
      }
      bound.require(claims);
      Set<String> common = new HashSet<>(claims.audiences());
      common.retainAll(audiences);
      return new Result.Good(claims.user(), Set.copyOf(common));
    } catch (BadTokenException e) {
      return new Result.Bad(String.valueOf(e.getMessage()));
    }
  }

  private Result access(String token, Set<String> audiences) {
    if (!audiences.contains(ServiceAccountNames.API)) {
      return new Result.Bad("an access token is for this API only");
    }
    return switch (access.check(token)) {
      case AccessTokens.Checked.Good(UserInfo user) ->
          new Result.Good(user, Set.of(ServiceAccountNames.API));
      case AccessTokens.Checked.Bad(String why) -> new Result.Bad(why);
    };
  }

  /** Where an identity belongs that came with an access token; empty if it did not. */
  Optional<String> homeOf(UserInfo user) {
    return access.homeOf(user);
  }

  private Result bootstrap(String token, Set<String> audiences) throws BadTokenException {
    if (!audiences.contains(ServiceAccountNames.API)) {
      return new Result.Bad("a bootstrap token is for this API only");
    }
    return new Result.Good(bootstrap.check(token), Set.of(ServiceAccountNames.API));
  }

  /** Whether its issuer is known, so that nobody else has a say in it. */
  private boolean ours(String token) {
    try {
      String issuer = Jwt.parse(token).issuer();
      return issuer.equals(LegacyTokens.ISSUER)
          || ServiceAccountNames.clusterOf(issuer).isPresent()
          || oidc.knows(issuer);
    } catch (BadTokenException e) {
      return false;
    }
  }

  /** What is found out goes where it was looked for, so that it is forgotten with that. */
  private TokenClaims claims(
      String token, String hash, @Nullable TokenClaims known, CheckedTokens<TokenClaims> remembered)
      throws BadTokenException {
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.expires())) {
      return known;
    }
    remembered.forget(hash);
    TokenClaims claims = read(token, hash, now);
    remembered.remember(hash, claims);
    return claims;
  }

  private TokenClaims read(String token, String hash, Instant now) throws BadTokenException {
    Jwt jwt = Jwt.parse(token);
    if (jwt.issuer().equals(LegacyTokens.ISSUER)) {
      return legacy.read(jwt, hash);
    }
    Optional<String> cluster = ServiceAccountNames.clusterOf(jwt.issuer());
    if (cluster.isPresent()) {
      return serviceAccounts.read(jwt, cluster.get(), now);
    }
    TokenClaims claims = oidc.read(jwt, now);
    access.loggedIn(claims.user());
    return claims;
  }

  private static String anotherAudience(Set<String> own, Set<String> wanted) {
    return "token audiences "
        + quoted(own)
        + " is invalid for the target audiences "
        + quoted(wanted);
  }

  private static String quoted(Set<String> audiences) {
    return audiences.stream()
        .sorted()
        .map(audience -> '"' + audience + '"')
        .collect(Collectors.joining(" ", "[", "]"));
  }
}

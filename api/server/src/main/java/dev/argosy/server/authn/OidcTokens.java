package dev.argosy.server.authn;

import dev.argosy.server.authn.claims.BadClaimsException;
import dev.argosy.server.authn.claims.TrustedIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads tokens of identity providers. Which these are may change at any time. */
final class OidcTokens {

  /** How far the provider's clock may differ from ours. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private record Provider(TrustedIssuer issuer, IssuerKeys keys) {}

  private final Clock clock;
  private volatile Map<String, Provider> providers = Map.of();

  OidcTokens(List<TrustedIssuer> issuers, Clock clock) {
    this.clock = clock;
    replace(issuers);
  }

  /**
   * Believes these from now on, and no others. Keys that are known stay known. For one thread.
   *
   * @throws IllegalArgumentException if an authority cannot be used; nothing changes then
   */
  void replace(List<TrustedIssuer> issuers) {
    Map<String, Provider> before = providers;
    Map<String, Provider> all = new HashMap<>();
    for (TrustedIssuer issuer : issuers) {
      Provider known = before.get(issuer.url());
      IssuerKeys keys =
          known != null && known.issuer.sameKeys(issuer)
              ? known.keys
              : new IssuerKeys(issuer, new IssuerClient(issuer.authority()), clock);
      if (all.put(issuer.url(), new Provider(issuer, keys)) != null) {
        throw new IllegalArgumentException("issuer " + issuer.url() + " is set twice");
      }
    }
    providers = Map.copyOf(all);
  }

  /** The audiences that stand for this API in the tokens of all providers. */
  Set<String> audiences() {
    Set<String> all = new HashSet<>();
    providers.values().forEach(provider -> all.addAll(provider.issuer.audiences()));
    return all;
  }

  boolean knows(String issuer) {
    return providers.containsKey(issuer);
  }

  TokenClaims read(Jwt token, Instant now) throws BadTokenException {
    Provider provider = providers.get(token.issuer());
    if (provider == null) {
      throw new BadTokenException("unknown issuer");
    }
    Instant expires = token.requireInTime(now, SKEW);
    if (Collections.disjoint(token.audiences(), provider.issuer.audiences())) {
      throw new BadTokenException("made for another audience");
    }
    if (!provider.keys.signed(token)) {
      throw new BadTokenException("signature of no key of its issuer");
    }
    try {
      return new TokenClaims(
          provider.issuer.claims().read(token.claims()), token.audiences(), expires, List.of());
    } catch (BadClaimsException e) {
      throw new BadTokenException(String.valueOf(e.getMessage()));
    }
  }
}

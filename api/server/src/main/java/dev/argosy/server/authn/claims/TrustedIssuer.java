package dev.argosy.server.authn.claims;

import java.util.Set;

/**
 * An identity provider whose tokens are believed.
 *
 * @param url as in the tokens, compared exactly
 * @param discoveryUrl where its discovery document is
 * @param audiences a token must be made for one of these
 * @param authority PEM certificates to verify its https address with; empty: those of the Java
 *     platform
 * @param claims what its claims mean
 */
public record TrustedIssuer(
    String url, String discoveryUrl, Set<String> audiences, String authority, ClaimsReader claims) {

  static final String WELL_KNOWN = "/.well-known/openid-configuration";

  public TrustedIssuer {
    audiences = Set.copyOf(audiences);
  }

  /** Whether both have the same keys, in the same place. */
  public boolean sameKeys(TrustedIssuer other) {
    return url.equals(other.url)
        && discoveryUrl.equals(other.discoveryUrl)
        && authority.equals(other.authority);
  }
}

package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads tokens of the configured identity providers. */
final class OidcTokens {

  /** How far the provider's clock may differ from ours. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private static final String RESERVED = "system:";

  private record Provider(OidcSettings.Issuer settings, IssuerKeys keys) {}

  private final Map<String, Provider> providers = new HashMap<>();

  OidcTokens(OidcSettings settings, Clock clock) {
    for (OidcSettings.Issuer issuer : settings.issuers()) {
      IssuerKeys keys = new IssuerKeys(issuer, new IssuerClient(issuer.ca()), clock);
      providers.put(issuer.issuer(), new Provider(issuer, keys));
    }
  }

  /** The audiences that stand for this API in the tokens of all providers. */
  Set<String> audiences() {
    Set<String> all = new HashSet<>();
    providers.values().forEach(provider -> all.add(provider.settings.audience()));
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
    if (!token.audiences().contains(provider.settings.audience())) {
      throw new BadTokenException("made for another audience");
    }
    if (!provider.keys.signed(token)) {
      throw new BadTokenException("signature of no key of its issuer");
    }
    return new TokenClaims(user(token, provider.settings), token.audiences(), expires, List.of());
  }

  private static UserInfo user(Jwt token, OidcSettings.Issuer settings) throws BadTokenException {
    String name = token.text(settings.usernameClaim());
    if (name.isEmpty()) {
      throw new BadTokenException("no claim " + settings.usernameClaim());
    }
    List<String> groups = new ArrayList<>(token.texts(settings.groupsClaim()));
    if (name.startsWith(RESERVED) || groups.stream().anyMatch(g -> g.startsWith(RESERVED))) {
      throw new BadTokenException("names a user or group of the system");
    }
    groups.add(UserInfo.AUTHENTICATED);
    return new UserInfo(name, token.subject(), groups, Map.of());
  }
}

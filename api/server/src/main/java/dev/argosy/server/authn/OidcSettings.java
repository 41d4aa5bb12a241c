package dev.argosy.server.authn;

import dev.argosy.server.authn.claims.ClaimsReader;
import dev.argosy.server.authn.claims.TrustedIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose OpenID Connect tokens are believed.
 *
 * <p>Keys: {@code argosy.oidc.issuer}, {@code .audience}, {@code .username-claim}, {@code
 * .groups-claim}, {@code .organizations-claim}, {@code .trust-email}, {@code .discovery-url},
 * {@code .ca}; further issuers have the same keys below {@code argosy.oidc.1.}, {@code
 * argosy.oidc.2.} and so on, without gaps.
 */
public record OidcSettings(List<Issuer> issuers) {

  /**
   * One identity provider.
   *
   * @param issuer as in the tokens, compared exactly ({@code issuer})
   * @param audience must be among the token's ({@code audience}; argosy-api)
   * @param claims what its claims mean ({@code username-claim}, preferred_username; {@code
   *     groups-claim}, groups; {@code organizations-claim}, none; {@code trust-email}, false)
   * @param discoveryUrl where the discovery document is; by default below the issuer ({@code
   *     discovery-url})
   * @param ca PEM certificates to verify an https address with; empty: those of the Java platform
   *     ({@code ca})
   */
  public record Issuer(
      String issuer,
      String audience,
      ClaimsReader.Names claims,
      String discoveryUrl,
      Optional<Path> ca) {

    public Issuer {
      if (issuer.isEmpty() || audience.isEmpty() || claims.username().isEmpty()) {
        throw new IllegalArgumentException(
            "an OIDC issuer needs issuer, audience and username-claim");
      }
    }

    /** An issuer with everything else by default. */
    public static Issuer of(String issuer, String audience) {
      return read(
          Map.of(
              "argosy.oidc.issuer", issuer,
              "argosy.oidc.audience", audience),
          "argosy.oidc.");
    }

    /** The same, ready to be used; reads the certificates. */
    TrustedIssuer trusted() {
      return new TrustedIssuer(
          issuer,
          discoveryUrl,
          Set.of(audience),
          ca.map(Issuer::text).orElse(""),
          ClaimsReader.ofNames(claims));
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new IllegalArgumentException("cannot read " + file, e);
      }
    }

    private static Issuer read(Map<String, String> settings, String prefix) {
      String issuer = settings.getOrDefault(prefix + "issuer", "");
      String ca = settings.getOrDefault(prefix + "ca", "");
      return new Issuer(
          issuer,
          settings.getOrDefault(prefix + "audience", "argosy-api"),
          new ClaimsReader.Names(
              settings.getOrDefault(prefix + "username-claim", "preferred_username"),
              settings.getOrDefault(prefix + "groups-claim", "groups"),
              settings.getOrDefault(prefix + "organizations-claim", ""),
              Boolean.parseBoolean(settings.getOrDefault(prefix + "trust-email", "false"))),
          settings.getOrDefault(prefix + "discovery-url", issuer + WELL_KNOWN),
          ca.isEmpty() ? Optional.empty() : Optional.of(Path.of(ca)));
    }
  }

  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  public OidcSettings {
    issuers = List.copyOf(issuers);
  }

  List<TrustedIssuer> trusted() {
    return issuers.stream().map(Issuer::trusted).toList();
  }

  /** Reads the documented keys; no issuer at all is allowed. */
  public static OidcSettings of(Map<String, String> settings) {
    List<Issuer> issuers = new ArrayList<>();
    String prefix = "argosy.oidc.";
    for (int next = 1; settings.containsKey(prefix + "issuer"); next++) {
      issuers.add(Issuer.read(settings, prefix));
      prefix = "argosy.oidc." + next + ".";
    }
    return new OidcSettings(issuers);
  }
}

package dev.argosy.console.login;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * How the console logs people in.
 *
 * @param issuer the provider's issuer URL; its discovery document lies under it
 * @param clientId the console's client at the provider
 * @param clientSecret its secret; empty for a public client
 * @param publicUrl where browsers find the console, without a trailing slash
 * @param claims what of the ID token is taken
 * @param scopes asked for at log-in
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    URI publicUrl,
    Claims claims,
    List<String> scopes) {

  /**
   * What the ID token's claims mean, as those of access tokens do.
   *
   * @param userName the claim that becomes the user name
   * @param groups the claim that becomes the groups
   * @param organizations the claim whose organizations become groups, too; empty if none does
   * @param trustEmail whether an address that the provider calls verified is taken as the user's
   */
  public record Claims(String userName, String groups, String organizations, boolean trustEmail) {}

  public OidcSettings {
    scopes = List.copyOf(scopes);
  }

  /**
   * Reads the documented keys below {@code argosy.oidc.} and {@code argosy.console.}.
   *
   * @throws IllegalArgumentException if the issuer is not set
   */
  public static OidcSettings of(Map<String, String> settings) {
    String issuer = settings.getOrDefault("argosy.oidc.issuer", "");
    if (issuer.isEmpty()) {
      throw new IllegalArgumentException("argosy.oidc.issuer is not set");
    }
    return new OidcSettings(
        URI.create(issuer),
        settings.getOrDefault("argosy.console.client-id", "argosy-console"),
        settings.getOrDefault("argosy.console.client-secret", ""),
        URI.create(settings.getOrDefault("argosy.console.url", "https://localhost:8443")),
        new Claims(
            settings.getOrDefault("argosy.oidc.username-claim", "preferred_username"),
            settings.getOrDefault("argosy.oidc.groups-claim", "groups"),
            settings.getOrDefault("argosy.oidc.organizations-claim", ""),
            Boolean.parseBoolean(settings.getOrDefault("argosy.oidc.trust-email", "false"))),
        List.of(
            settings.getOrDefault("argosy.console.scopes", "openid profile email").split(" +")));
  }

  /** Where the provider sends the browser back to. */
  public URI callback() {
    return URI.create(publicUrl + LoginFilter.CALLBACK);
  }

  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", " + clientId + "]";
  }
}

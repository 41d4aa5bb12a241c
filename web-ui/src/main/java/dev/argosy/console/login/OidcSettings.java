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
 * @param userNameClaim the ID token's claim that becomes the user name
 * @param groupsClaim the claim that becomes the groups
 * @param scopes asked for at log-in
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    URI publicUrl,
    String userNameClaim,
    String groupsClaim,
    List<String> scopes) {

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
        settings.getOrDefault("argosy.oidc.username-claim", "preferred_username"),
        settings.getOrDefault("argosy.oidc.groups-claim", "groups"),
        List.of("openid", "profile", "email"));
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

package dev.argosy.console.login;

import java.net.URI;
import java.util.List;

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

  /** Where the provider sends the browser back to. */
  public URI callback() {
    return URI.create(publicUrl + LoginFilter.CALLBACK);
  }

  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", " + clientId + "]";
  }
}

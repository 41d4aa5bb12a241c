package dev.argosy.console.connect;

import java.net.URI;
import java.util.Map;

/**
 * What command lines have to know.
 *
 * @param api where the API is reached, without a path
 * @param issuer the provider's issuer URL
 * @param clientId the provider's client for command lines, which has no secret and may use the
 *     device flow
 */
public record CommandLineSettings(URI api, URI issuer, String clientId) {

  /** Reads the documented keys. */
  public static CommandLineSettings of(Map<String, String> settings) {
    return new CommandLineSettings(
        URI.create(settings.getOrDefault("argosy.api.url", "https://localhost:6443")),
        URI.create(settings.getOrDefault("argosy.oidc.issuer", "")),
        settings.getOrDefault("argosy.console.cli-client-id", "argosy-cli"));
  }
}

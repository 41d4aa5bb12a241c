package dev.argosy.server.keycloak;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A realm in which clients may be made. Keys below {@code argosy.identity.keycloak.}; without
 * {@code url} none are.
 *
 * @param url of Keycloak, without {@code /realms} or {@code /admin}; https, or http on a loopback
 *     address ({@code url})
 * @param realm whose clients they become ({@code realm}; argosy)
 * @param issuer as in the realm's tokens; empty: the first that is believed ({@code issuer})
 * @param own the client as which this platform comes ({@code client-id}, argosy-provisioner, and
 *     {@code secret-file})
 * @param ca PEM certificates to verify an https address with; empty: those of the Java platform
 *     ({@code ca})
 */
public record KeycloakSettings(URI url, String realm, String issuer, Own own, Optional<Path> ca) {

  private static final String PREFIX = "argosy.identity.keycloak.";

  /**
   * As whom this platform comes.
   *
   * @param secretFile read anew for each log-in
   */
  public record Own(String clientId, Path secretFile) {}

  public KeycloakSettings {
    boolean loopback =
        url.getHost() != null && url.getHost().matches("localhost|127\\..*|\\[::1\\]");
    if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && loopback)) {
      throw new IllegalArgumentException(PREFIX + "url must be an https address");
    }
    if (!realm.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(PREFIX + "realm must be the name of a realm");
    }
  }

  /** Reads the documented keys; empty if no clients may be made. */
  public static Optional<KeycloakSettings> of(Map<String, String> settings) {
    String url = settings.getOrDefault(PREFIX + "url", "");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    String secret = settings.getOrDefault(PREFIX + "secret-file", "");
    if (secret.isEmpty()) {
      throw new IllegalArgumentException(PREFIX + "secret-file must be set with " + PREFIX + "url");
    }
    String ca = settings.getOrDefault(PREFIX + "ca", "");
    return Optional.of(
        new KeycloakSettings(
            URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url),
            settings.getOrDefault(PREFIX + "realm", "argosy"),
            settings.getOrDefault(PREFIX + "issuer", ""),
            new Own(
                settings.getOrDefault(PREFIX + "client-id", "argosy-provisioner"), Path.of(secret)),
            ca.isEmpty() ? Optional.empty() : Optional.of(Path.of(ca))));
  }
}

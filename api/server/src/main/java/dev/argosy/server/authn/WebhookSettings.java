package dev.argosy.server.authn;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A service that is asked about tokens which nobody else knows, by TokenReview. Keys below {@code
 * argosy.webhook-authentication.}; without {@code url} nobody is asked.
 *
 * @param url where reviews are posted; https, or http on a loopback address ({@code url})
 * @param tls {@code ca}, {@code certificate} and {@code key}, all PEM
 * @param tokenFile a bearer token to come with, read anew for each call; empty: none ({@code
 *     token-file})
 * @param timeout of one call ({@code timeout}; PT10S)
 * @param lifetimes how long answers are believed
 * @param audiences that stand for this API in answers which name none, besides those it has anyway
 *     ({@code audiences}, with commas)
 */
public record WebhookSettings(
    URI url,
    ClientTls tls,
    Optional<Path> tokenFile,
    Duration timeout,
    Lifetimes lifetimes,
    Set<String> audiences) {

  private static final String PREFIX = "argosy.webhook-authentication.";

  /**
   * How long answers are believed.
   *
   * @param good that a token is good ({@code cache-authenticated}; PT2M)
   * @param bad that it is not ({@code cache-refused}; PT30S)
   */
  public record Lifetimes(Duration good, Duration bad) {}

  public WebhookSettings {
    audiences = Set.copyOf(audiences);
    boolean loopback =
        url.getHost() != null && url.getHost().matches("localhost|127\\..*|\\[::1\\]");
    if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && loopback)) {
      throw new IllegalArgumentException(PREFIX + "url must be an https address");
    }
  }

  /** Reads the documented keys; empty if there is no such service. */
  public static Optional<WebhookSettings> of(Map<String, String> settings) {
    String url = settings.getOrDefault(PREFIX + "url", "");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> certificate = file(settings, "certificate");
    Optional<Path> key = file(settings, "key");
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(PREFIX + "certificate and " + PREFIX + "key go together");
    }
    ClientTls tls =
        new ClientTls(
            file(settings, "ca"),
            certificate.map(chain -> new ClientTls.Own(chain, key.orElseThrow())));
    return Optional.of(
        new WebhookSettings(
            URI.create(url),
            tls,
            file(settings, "token-file"),
            duration(settings, "timeout", "PT10S"),
            new Lifetimes(
                duration(settings, "cache-authenticated", "PT2M"),
                duration(settings, "cache-refused", "PT30S")),
            Arrays.stream(settings.getOrDefault(PREFIX + "audiences", "").split(","))
                .map(String::strip)
                .filter(audience -> !audience.isEmpty())
                .collect(Collectors.toUnmodifiableSet())));
  }

  private static Optional<Path> file(Map<String, String> settings, String key) {
    return Optional.of(settings.getOrDefault(PREFIX + key, ""))
        .filter(file -> !file.isEmpty())
        .map(Path::of);
  }

  private static Duration duration(Map<String, String> settings, String key, String byDefault) {
    return Duration.parse(settings.getOrDefault(PREFIX + key, byDefault));
  }
}

package dev.argosy.agent.volume;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * When a service account's token is to be replaced, by what it says itself: after four fifths of
 * its time, and after a day at the latest. The file's own age tells nothing, since it is written
 * anew whenever a file beside it changes.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#serviceaccount-token-volume-projection">Token
 *     volume projection</a>
 */
final class TokenTimes {

  private static final Duration LONGEST = Duration.ofHours(24);

  private TokenTimes() {}

  /** Whether it is to be replaced; one that cannot be read is. */
  static boolean old(byte[] token, Instant now) {
    String[] parts = new String(token, StandardCharsets.UTF_8).split("\\.");
    if (parts.length != 3) {
      return true;
    }
    try {
      JsonNode claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
      Instant from = Instant.ofEpochSecond(claims.path("iat").asLong(0));
      Instant until = Instant.ofEpochSecond(claims.path("exp").asLong(0));
      Duration fresh = Duration.between(from, until).multipliedBy(4).dividedBy(5);
      Duration kept = fresh.compareTo(LONGEST) < 0 ? fresh : LONGEST;
      return now.isBefore(from.minusSeconds(60)) || !now.isBefore(from.plus(kept));
    } catch (IllegalArgumentException | JacksonException e) {
      return true;
    }
  }
}

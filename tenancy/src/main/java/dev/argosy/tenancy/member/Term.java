package dev.argosy.tenancy.member;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How long a role lasts.
 *
 * @param expiresAt from this moment on it no longer counts; empty if it lasts until it is removed
 */
public record Term(Optional<Instant> expiresAt) {

  /** Until it is removed. */
  public static final Term OPEN = new Term(Optional.empty());

  /**
   * Reads {@code expiresAt} of a spec.
   *
   * @throws IllegalArgumentException if it is no time of RFC 3339
   */
  public static Term of(JsonNode spec) {
    String text = spec.path("expiresAt").asString("");
    if (text.isEmpty()) {
      return OPEN;
    }
    try {
      return new Term(Optional.of(OffsetDateTime.parse(text).toInstant()));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  public boolean over(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }
}

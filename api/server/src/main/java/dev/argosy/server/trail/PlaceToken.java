package dev.argosy.server.trail;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.tenancy.audit.AuditPage.Place;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where a page ended, as a {@code continue} token. It names no cluster that may be seen: what a
 * page shows is decided by who asks, whatever the token says.
 */
final class PlaceToken {

  private PlaceToken() {}

  static String encode(Place place) {
    String json =
        Json.object()
            .put("at", place.at().toString())
            .put("cluster", place.cluster())
            .put("sequence", place.sequence())
            .toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place that a token names; empty for the beginning.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest if it is no token
   */
  static Optional<Place> decode(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode json = Json.mapper().readTree(Base64.getUrlDecoder().decode(token));
      Instant at = Instant.parse(json.path("at").asString(""));
      String cluster = json.path("cluster").asString("");
      if (!cluster.matches("[a-z0-9.-]{0,253}") || at.getEpochSecond() / 86_400 / 366 > 3_000) {
        throw Status.badRequest("continue key is not valid").asException();
      }
      return Optional.of(new Place(at, cluster, json.path("sequence").asLong(0)));
    } catch (IllegalArgumentException | JacksonException | DateTimeException e) {
      throw Status.badRequest("continue key is not valid").asException();
    }
  }
}

package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.tenancy.tenant.TenantPhase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TenantStatusTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  private static ObjectNode parsed(ObjectNode object) {
    return Json.parse(Json.canonical(object));
  }

  private static TenantStatus say(ObjectNode object, Clock clock, boolean holds) {
    return new TenantStatus(object, clock)
        .phase(TenantPhase.SUSPENDED)
        .keptUntil(Optional.of(NOON.instant()))
        .condition(TenantStatus.SUSPENDED, holds, "Because", "of that");
  }

  /** Else the loop would write, and look again, for ever. */
  @Test
  void toSayTheSameChangesNothing() {
    ObjectNode object =
        Json.parse(
            "{\"metadata\":{\"name\":\"acme\",\"generation\":3}}".getBytes(StandardCharsets.UTF_8));
    TenantStatus first = say(object, NOON, true);
    assertThat(first.changed()).isTrue();
    ObjectNode written = parsed(first.object());
    assertThat(TenantStatus.holds(written, TenantStatus.SUSPENDED)).isTrue();
    assertThat(written.at("/status/conditions/0/observedGeneration").asLong()).isEqualTo(3);
    Clock later = Clock.offset(NOON, Duration.ofHours(1));
    assertThat(say(written, later, true).changed()).isFalse();

    ObjectNode flipped = parsed(say(parsed(written), later, false).object());
    assertThat(flipped.at("/status/conditions/0/lastTransitionTime").asString())
        .isEqualTo("2026-01-01T13:00:00Z");
    assertThat(flipped.path("status").path("conditions")).hasSize(1);
  }
}

package dev.argosy.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.layout.Health;
import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleRowTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private static RoleRow row(String user, String more) {
    String json =
        """
        {"apiVersion":"tenancy.argosy.dev/v1","kind":"Member","metadata":{"name":"acme.%s"},
         "spec":{"tenant":"acme","role":"viewer","subject":{"kind":"User","name":"%s"}%s}}\
        """
            .formatted(user, user, more);
    return RoleRow.of(
        ApiObject.ofWire(
            Resources.inRoot(Resources.MEMBERS, "acme." + user),
            7,
            json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void lastsWithoutAnEnd() {
    assertThat(row("ann", "").state(NOW)).isEqualTo("Lasting");
    assertThat(row("ann", "").subject()).isEqualTo(new RoleRow.Subject("User", "ann"));
  }

  @Test
  void expiresAtItsEnd() {
    RoleRow row = row("ann", ",\"expiresAt\":\"2026-01-31T12:00:00Z\"");
    assertThat(row.state(NOW.minusSeconds(1))).isEqualTo("Temporary");
    assertThat(row.state(NOW)).isEqualTo("Expired");
    assertThat(row.health(NOW)).isEqualTo(Health.WARNING);
  }

  @Test
  void areShownInTheOrderOfThoseWhoHaveThem() {
    assertThat(RoleRow.byName(List.of(row("eve", ""), row("ann", ""))))
        .extracting(row -> row.subject().name())
        .containsExactly("ann", "eve");
  }
}

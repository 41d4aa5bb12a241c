package dev.argosy.console.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgramRowTest {

  private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

  private static ProgramRow row(String status, String reason) {
    String json =
        """
        {"apiVersion":"tenancy.argosy.dev/v1","kind":"ServiceClient","metadata":{"name":"acme.ci"},
         "spec":{"tenant":"acme","role":"member","expiresAt":"2026-02-01T00:00:00Z"},
         "status":{"conditions":[{"type":"Ready","status":"%s","reason":"%s"}]}}\
        """
            .formatted(status, reason);
    return ProgramRow.of(
        ApiObject.ofWire(
            Resources.inRoot(Resources.SERVICE_CLIENTS, "acme.ci"),
            7,
            json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void saysHowItStands() {
    Instant before = END.minusSeconds(1);
    assertThat(row("True", "Provisioned").word(before)).isEqualTo("Ready");
    assertThat(row("True", "Provisioned").ready(before)).isTrue();
    assertThat(row("False", "Provisioning").word(before)).isEqualTo("Being made");
    assertThat(row("False", "ProviderAway").word(before)).isEqualTo("Provider away");
    assertThat(row("False", "TenantSuspended").word(before)).isEqualTo("Suspended");
    assertThat(row("False", "NoProvider").word(before)).isEqualTo("Not ready");
  }

  @Test
  void endsAtItsTimeThoughNobodyHasWrittenSo() {
    assertThat(row("True", "Provisioned").word(END)).isEqualTo("Ended");
    assertThat(row("True", "Provisioned").ready(END)).isFalse();
  }
}

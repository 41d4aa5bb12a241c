package dev.argosy.console.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.live.Moment;
import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TenantDetailTest {

  private static TenantDetail detail(String metadata, String rest) {
    String json =
        """
        {"apiVersion":"tenancy.argosy.dev/v1","kind":"Tenant",
         "metadata":{"name":"acme","uid":"u1"%s}%s}\
        """
            .formatted(metadata, rest);
    return TenantDetail.of(
        ApiObject.ofWire(
            Resources.inRoot(Resources.TENANTS, "acme"), 7, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void isCalledByItsNameWithoutAnotherAndPendsAtFirst() {
    TenantDetail tenant = detail("", "");
    assertThat(tenant.row().title()).isEqualTo("acme");
    assertThat(tenant.row().phase()).isEqualTo("Pending");
    assertThat(tenant.origin().cell()).isEqualTo("main");
    assertThat(tenant.row().podBound().text()).isEmpty();
    assertThat(tenant.conditions()).isEmpty();
    assertThat(tenant.labelTexts()).isEmpty();
  }

  @Test
  void tellsLabelsInOrderAndConditions() {
    TenantDetail tenant =
        detail(
            ",\"labels\":{\"b\":\"2\",\"a\":\"1\"}",
            """
            ,"spec":{"displayName":"Acme Inc."},"status":{"phase":"Active","conditions":[
              {"type":"Ready","status":"True","reason":"Made","message":"It is there",
               "lastTransitionTime":"2026-01-01T00:00:00Z"}]}\
            """);
    assertThat(tenant.row().title()).isEqualTo("Acme Inc.");
    assertThat(tenant.labelTexts()).containsExactly("a=1", "b=2");
    assertThat(tenant.conditions()).extracting(Condition::type).containsExactly("Ready");
    assertThat(Moment.of(tenant.conditions().getFirst().since()))
        .isEqualTo("1 Jan 2026, 00:00 UTC");
  }

  @Test
  void tellsHowMuchItsPodsMayDo() {
    PodBound newest =
        detail(
                "",
                ",\"spec\":{\"podSecurity\":{\"enforce\":\"baseline\",\"enforceVersion\":\"latest\"}}")
            .row()
            .podBound();
    assertThat(newest.text()).isEqualTo("baseline");
    PodBound older = new PodBound("restricted", "v1.34");
    assertThat(older.text()).isEqualTo("restricted, as of v1.34");
    ObjectNode spec = Json.object();
    older.into(spec);
    assertThat(PodBound.of(spec)).isEqualTo(older);
    newest.into(spec);
    assertThat(spec.at("/podSecurity/enforceVersion").isNull())
        .as("a patch takes the version away")
        .isTrue();
  }

  @Test
  void canBeRestoredUntilItIsEmptied() {
    String kept =
        ",\"deletionTimestamp\":\"2026-01-31T00:00:00Z\",\"deletionGracePeriodSeconds\":9";
    assertThat(detail(kept, "").row().kept()).isTrue();
    TenantDetail emptied = detail(kept, ",\"status\":{\"phase\":\"Terminating\"}");
    assertThat(emptied.row().kept()).isFalse();
    assertThat(emptied.row().ends()).isTrue();
  }
}

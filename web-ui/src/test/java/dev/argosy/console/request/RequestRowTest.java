package dev.argosy.console.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestRowTest {

  private static RequestRow row(String status) {
    String json =
        """
        {"apiVersion":"tenancy.argosy.dev/v1","kind":"TenantRequest","metadata":{"name":"r"},
         "spec":{"name":"initech","parent":"acme","username":"bob","reason":"reports"},"status":{%s}}\
        """
            .formatted(status);
    return RequestRow.of(
        ApiObject.ofWire(
            Resources.inRoot(Resources.REQUESTS, "r"), 7, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String condition(String type, String message) {
    return "{\"type\":\"%s\",\"status\":\"True\",\"message\":\"%s\"}".formatted(type, message);
  }

  @Test
  void waitsUntilItIsDecided() {
    RequestRow row = row("");
    assertThat(row.waits()).isTrue();
    assertThat(row.answer()).isEmpty();
    assertThat(row.asker()).isEqualTo("bob");
    assertThat(row.wanted().parent()).isEqualTo("acme");
  }

  @Test
  void saysWhoDeniedItAndWhy() {
    RequestRow row =
        row("\"decidedBy\":\"ada\",\"conditions\":[%s]".formatted(condition("Denied", "Too big")));
    assertThat(row.state()).isEqualTo(RequestRow.State.DENIED);
    assertThat(row.answer()).isEqualTo("Too big (ada)");
  }

  @Test
  void tellsItsEndWhereSomethingCameAfterTheDecision() {
    RequestRow row =
        row(
            "\"decidedBy\":\"ada\",\"conditions\":[%s,%s]"
                .formatted(condition("Approved", "Welcome"), condition("Failed", "It is taken")));
    assertThat(row.state()).isEqualTo(RequestRow.State.FAILED);
    assertThat(row.answer()).isEqualTo("It is taken (ada)");
  }

  @Test
  void namesThePolicyThatApprovedWithoutAWord() {
    RequestRow row =
        row("\"decidedBy\":\"all\",\"conditions\":[%s]".formatted(condition("Created", "")));
    assertThat(row.state()).isEqualTo(RequestRow.State.CREATED);
    assertThat(row.answer()).isEqualTo("by all");
  }
}

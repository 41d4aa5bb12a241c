package dev.argosy.console.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenRowTest {

  private static TokenRow row(String spec) {
    String json =
        """
        {"apiVersion":"access.argosy.dev/v1","kind":"AccessToken","metadata":{"name":"ci"},
         "spec":{"expiresAt":"2026-02-01T00:00:00Z"%s},"status":{"id":"abc","hash":"secret"}}\
        """
            .formatted(spec);
    ObjectKey key = new ObjectKey(Resources.TOKENS, "acme", "", "ci");
    return TokenRow.of(ApiObject.ofWire(key, 7, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void mayDoEverythingWithoutAScope() {
    assertThat(row("").scope()).isEqualTo("everything");
  }

  @Test
  void tellsItsScopeInWordsAndNothingSecret() {
    TokenRow row =
        row(
            ",\"scope\":{\"readOnly\":true,\"role\":\"viewer\",\"rules\":[{}],\"tenants\":[\"a\",\"b\"]}");
    assertThat(row.scope()).isEqualTo("read only; as viewer; one rule; in a, b");
    assertThat(row.toString()).doesNotContain("secret");
  }

  @Test
  void endsAtItsTime() {
    assertThat(row("").ended(Instant.parse("2026-01-31T23:59:59Z"))).isFalse();
    assertThat(row("").ended(Instant.parse("2026-02-01T00:00:00Z"))).isTrue();
  }
}

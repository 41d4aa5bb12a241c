package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TokenTimesTest {

  private static final Instant MADE = Instant.parse("2030-01-01T00:00:00Z");

  private static boolean old(Duration lifetime, Duration age) {
    String claims =
        "{\"iat\":"
            + MADE.getEpochSecond()
            + ",\"exp\":"
            + MADE.plus(lifetime).getEpochSecond()
            + "}";
    String token =
        "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(claims)) + ".sig";
    return TokenTimes.old(bytes(token), MADE.plus(age));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void is_replaced_after_four_fifths_of_its_time() {
    assertThat(old(Duration.ofHours(1), Duration.ofMinutes(47))).isFalse();
    assertThat(old(Duration.ofHours(1), Duration.ofMinutes(48))).isTrue();
  }

  @Test
  void is_replaced_each_day() {
    assertThat(old(Duration.ofDays(365), Duration.ofHours(23))).isFalse();
    assertThat(old(Duration.ofDays(365), Duration.ofHours(24))).isTrue();
  }

  @Test
  void what_is_no_token_is_replaced() {
    assertThat(TokenTimes.old(bytes(""), MADE)).isTrue();
    assertThat(TokenTimes.old(bytes("a.b%.c"), MADE)).isTrue();
    assertThat(TokenTimes.old(bytes("a.bm90IGpzb24.c"), MADE)).isTrue();
  }
}

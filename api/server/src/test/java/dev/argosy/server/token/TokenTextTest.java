package dev.argosy.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class TokenTextTest {

  private final TokenText made = TokenText.make(new SecureRandom());

  @Test
  void isReadAsItWasMade() {
    assertThat(made.text()).matches("argosy_pat_[0-9A-Za-z]{65}");
    assertThat(TokenText.parse(made.text())).contains(made);
    assertThat(made.text()).startsWith("argosy_pat_" + made.id());
    assertThat(made.id()).hasSize(16);
    assertThat(TokenText.make(new SecureRandom()).text()).isNotEqualTo(made.text());
  }

  @Test
  void everyWrongDigitIsNoticed() {
    for (int at = 0; at < made.text().length(); at++) {
      char other = made.text().charAt(at) == 'a' ? 'b' : 'a';
      String wrong = made.text().substring(0, at) + other + made.text().substring(at + 1);
      assertThat(TokenText.parse(wrong)).as("digit " + at).isEmpty();
    }
    assertThat(TokenText.parse(made.text() + "0")).isEmpty();
    assertThat(TokenText.parse("")).isEmpty();
    assertThat(TokenText.parse("argosy_pat_")).isEmpty();
  }

  /** Whoever writes it into a log shows no secret. */
  @Test
  void isPrintedWithoutItsSecret() {
    assertThat(made.toString()).contains(made.id()).hasSizeLessThan(32);
    assertThat(made.hash()).matches("[0-9a-f]{64}");
  }
}

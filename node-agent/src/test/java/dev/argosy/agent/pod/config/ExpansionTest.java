package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.Quantities;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpansionTest {

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$(A), 1",
    "x$(A)y$(B), x1y2",
    "$$(A), $(A)",
    "$(NONE), $(NONE)",
    "$(A, $(A",
    "$, $"
  })
  void knownNamesAreReplaced(String text, String expected) {
    assertThat(Expansion.expand(text, Map.of("A", "1", "B", "2"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"100m, 100", "1, 1000", "1.5, 1500", "2k, 2000000"})
  void thousandths(String quantity, long expected) {
    assertThat(Quantities.thousandths(quantity)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"64Mi, 67108864", "1G, 1000000000", "128974848, 128974848", "1e3, 1000"})
  void bytes(String quantity, long expected) {
    assertThat(Quantities.whole(quantity)).isEqualTo(expected);
  }
}

package dev.argosy.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.quantity.Quantity.Format;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0Mi, 0",
    "1000m, 1",
    "1500m, 1500m",
    "0.5, 500m",
    "1.5Gi, 1536Mi",
    "1024Mi, 1Gi",
    "1023, 1023",
    "1024Ki, 1Mi",
    "100Ki, 100Ki",
    "512, 512",
    "1000, 1k",
    "12e6, 12e6",
    "1.2e3, 1200",
    "1e3, 1e3",
    "1E, 1E",
    "0.1Gi, 107374183",
    "0.5Ki, 512",
    "-1.5, -1500m",
    "+5, 5",
    ".5, 500m",
    "5., 5",
    "1e-3, 1e-3",
    "0.0000000001, 1n",
    "100000000000000000000Ei,9223372036854775807",
    "1u, 1u",
    "1000u, 1m",
    "123456789n, 123456789n",
    "2000000, 2M"
  })
  void writesTheCanonicalForm(String text, String canonical) {
    assertThat(Quantity.parse(text)).hasToString(canonical);
    assertThat(Quantity.canonical(text)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1x", "--1", "1.2.3", "1 Gi", "Gi", "1i", "1Kib", "e3", "1ee3", "+"})
  void refusesWhatIsNoQuantity(String text) {
    assertThatThrownBy(() -> Quantity.parse(text)).isInstanceOf(QuantityFormatException.class);
  }

  @Test
  void neverExplodesOnHugeExponents() {
    assertThatThrownBy(() -> Quantity.parse("1e999999999"))
        .isInstanceOf(QuantityFormatException.class);
  }

  @Test
  void roundsUpToWholeUnits() {
    assertThat(Quantity.parse("1m").value()).isEqualTo(1);
    assertThat(Quantity.parse("1500m").value()).isEqualTo(2);
    assertThat(Quantity.parse("0.1m").milliValue()).isEqualTo(1);
    assertThat(Quantity.parse("1Gi").value()).isEqualTo(1L << 30);
    assertThat(Quantity.parse("1n").roundUpToMilli()).hasToString("1m");
    assertThat(Quantity.parse("1E").milliValue()).isEqualTo(Long.MAX_VALUE);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> numbers =
        Combinators.combine(
                Arbitraries.longs().between(-999_999_999L, 999_999_999L),
                Arbitraries.integers().between(0, 12))
            .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale).toPlainString());
    Arbitrary<String> suffixes =
        Arbitraries.of("", "n", "u", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e3", "e-6");
    return Combinators.combine(numbers, suffixes).as((number, suffix) -> number + suffix);
  }

  @Property
  void canonicalFormsAreFixedPointsOfTheSameValue(@ForAll("texts") String text) {
    Quantity quantity = Quantity.parse(text);
    String canonical = quantity.toString();
    Quantity again = Quantity.parse(canonical);
    assertThat(Quantity.canonical(text)).isEqualTo(canonical);
    if (quantity.format() != Format.BINARY_SI) {
      assertThat(again).hasToString(canonical).isEqualTo(quantity);
    } else { // odd bytes are written without a suffix, and read as a decimal number
      assertThat(again.value()).isEqualTo(quantity.value());
    }
  }

  @Property
  void plainTextsAreRecognizedOnlyIfTheyAreCanonical(@ForAll("texts") String text) {
    if (QuantityText.plainlyCanonical(text)) {
      assertThat(Quantity.parse(text)).hasToString(text);
    }
  }

  @Property
  void addsAndComparesAsNumbersDo(@ForAll("texts") String left, @ForAll("texts") String right) {
    Quantity a = Quantity.parse(left);
    Quantity b = Quantity.parse(right);
    assertThat(a.add(b).amount()).isEqualByComparingTo(a.amount().add(b.amount()));
    assertThat(a.add(b).subtract(b)).isEqualTo(a);
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(a.amount().compareTo(b.amount()));
  }

  @Property
  void wholeUnitsAreTheCeilingAwayFromZero(@ForAll("texts") String text) {
    Quantity quantity = Quantity.parse(text);
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
    BigDecimal expected = quantity.amount().setScale(0, RoundingMode.UP);
    assertThat(quantity.value())
        .isEqualTo(expected.min(most).max(most.negate().subtract(BigDecimal.ONE)).longValueExact());
  }
}

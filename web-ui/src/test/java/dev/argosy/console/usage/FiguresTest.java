package dev.argosy.console.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.chart.Figures;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static String of(String amount) {
    return Figures.of(new BigDecimal(amount));
  }

  @Test
  void figuresHaveTwoDecimals() {
    assertThat(of("0")).isEqualTo("0.00");
    assertThat(of("1234567.894")).isEqualTo("1,234,567.89");
    assertThat(of("2.005")).isEqualTo("2.01");
    assertThat(of("1E+3")).isEqualTo("1,000.00");
    assertThat(of("-12.5")).isEqualTo("-12.50");
    assertThat(of("-0.001")).isEqualTo("0.00");
  }

  @Test
  void whatIsThereIsNotShownAsNothing() {
    assertThat(of("0.0004")).isEqualTo("<0.01");
    assertThat(of("0.01")).isEqualTo("0.01");
    assertThat(Figures.of(Optional.empty())).isEqualTo("–");
  }

  @Test
  void theyAreTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(of("1234.5")).isEqualTo("1,234.50");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void sharesAreOfSomething() {
    assertThat(Figures.share(BigDecimal.ONE, new BigDecimal("3"))).isEqualTo("33 %");
    assertThat(Figures.share(BigDecimal.TWO, BigDecimal.ONE)).isEqualTo("200 %");
    assertThat(Figures.share(BigDecimal.ONE, BigDecimal.ZERO)).isEqualTo("–");
  }

  @Test
  void secondsAndBytesBecomeHoursAndGib() {
    assertThat(Unit.of("core-seconds").convert(new BigDecimal("7200"))).isEqualByComparingTo("2");
    assertThat(Unit.of("byte-seconds").convert(BigDecimal.valueOf(3600L << 31)))
        .isEqualByComparingTo("2");
    assertThat(Unit.of("bytes").convert(BigDecimal.valueOf(1L << 29))).isEqualByComparingTo("0.5");
    assertThat(Unit.of("seconds").textFor("nvidia.com/gpu")).isEqualTo("GPU-hours");
    assertThat(Unit.of("seconds").textFor("loadbalancers")).isEqualTo("hours");
  }
}

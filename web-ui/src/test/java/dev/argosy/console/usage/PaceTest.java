package dev.argosy.console.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PaceTest {

  /** Ten days and a half of a month of thirty. */
  private static final Instant NOW = Instant.parse("2026-11-11T12:00:00Z");

  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

  private final Map<Instant, BigDecimal> costs = new TreeMap<>();

  private void day(int day, String cost) {
    costs.put(FIRST.plus(day - 1, ChronoUnit.DAYS), new BigDecimal(cost));
  }

  private void days(int from, int to, String cost) {
    for (int day = from; day <= to; day++) {
      day(day, cost);
    }
  }

  private static BigDecimal rounded(BigDecimal amount) {
    return amount.setScale(6, RoundingMode.HALF_EVEN);
  }

  @Test
  void aSteadyMonthEndsAsItWent() {
    days(1, 10, "24");
    day(11, "12");
    Pace pace = Pace.of(costs, NOW);
    assertThat(pace.spent()).isEqualByComparingTo("252");
    assertThat(rounded(pace.atMonthsEnd().orElseThrow())).isEqualByComparingTo("720");
  }

  @Test
  void theLastSevenDaysCount() {
    days(1, 4, "100");
    days(5, 10, "24");
    day(11, "12");
    Pace pace = Pace.of(costs, NOW);
    assertThat(pace.since()).contains(Instant.parse("2026-11-05T00:00:00Z"));
    assertThat(rounded(pace.atMonthsEnd().orElseThrow()))
        .isEqualByComparingTo(String.valueOf(400 + 6 * 24 + 12 + 24 * 19 + 12));
  }

  @Test
  void whatBeganLaterCountsFromItsBeginning() {
    days(1, 9, "0");
    day(10, "48");
    day(11, "24");
    Pace pace = Pace.of(costs, NOW);
    assertThat(rounded(pace.perHour().orElseThrow())).isEqualByComparingTo("2");
    assertThat(rounded(pace.atMonthsEnd().orElseThrow()))
        .isEqualByComparingTo(String.valueOf(72 + 2 * (19 * 24 + 12)));
  }

  @Test
  void withinTheFirstHourItIsTooEarlyToSay() {
    day(1, "3");
    Pace pace = Pace.of(costs, FIRST.plus(59, ChronoUnit.MINUTES));
    assertThat(pace.spent()).isEqualByComparingTo("3");
    assertThat(pace.atMonthsEnd()).isEmpty();
    assertThat(pace.reaches(new BigDecimal("100"))).isEmpty();
    assertThat(Pace.of(costs, FIRST.plus(60, ChronoUnit.MINUTES)).atMonthsEnd()).isPresent();
  }

  @Test
  void whereNothingCostsAnythingLatelyNothingIsToCome() {
    day(1, "10");
    days(2, 11, "0");
    Pace pace = Pace.of(costs, NOW);
    assertThat(pace.spent()).isEqualByComparingTo("10");
    assertThat(pace.atMonthsEnd())
        .hasValueSatisfying(a -> assertThat(a).isEqualByComparingTo("10"));
    assertThat(Pace.of(Map.of(), NOW).atMonthsEnd()).isPresent();
  }

  @Test
  void aBudgetIsSpentWhenThePaceGetsThere() {
    days(1, 10, "24");
    day(11, "12");
    Pace pace = Pace.of(costs, NOW);
    assertThat(pace.reaches(new BigDecimal("264"))).contains(NOW.plus(12, ChronoUnit.HOURS));
    assertThat(pace.reaches(new BigDecimal("721"))).isEmpty();
    assertThat(pace.reaches(new BigDecimal("200"))).contains(NOW);
  }
}

package dev.argosy.console.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.console.usage.Period.Choice;
import dev.argosy.console.usage.Period.Step;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PeriodTest {

  private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

  private static String of(Choice choice) {
    Period period = Period.of(choice, NOW);
    return period.from() + "/" + period.until();
  }

  @Test
  void whatGoesOnEndsWithThisHour() {
    assertThat(of(Choice.THIS_MONTH)).isEqualTo("2026-03-01T00:00:00Z/2026-03-29T02:00:00Z");
    assertThat(of(Choice.LAST_7_DAYS)).isEqualTo("2026-03-23T00:00:00Z/2026-03-29T02:00:00Z");
    assertThat(of(Choice.LAST_30_DAYS)).isEqualTo("2026-02-28T00:00:00Z/2026-03-29T02:00:00Z");
  }

  @Test
  void whatIsOverEndsWithItsLastDay() {
    assertThat(of(Choice.LAST_MONTH)).isEqualTo("2026-02-01T00:00:00Z/2026-03-01T00:00:00Z");
    Period day = Period.days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 1), NOW);
    assertThat(day.text()).isEqualTo("1 Mar 2026 (UTC)");
    assertThat(Period.of(Choice.LAST_MONTH, NOW).text())
        .isEqualTo("1 Feb 2026 to 28 Feb 2026 (UTC)");
    assertThat(Period.of(Choice.LAST_MONTH, NOW).inFileName()).isEqualTo("2026-02-01-2026-02-28");
  }

  @Test
  void aMonthBeginsWithItsFirstHour() {
    Instant midnight = Instant.parse("2026-03-01T00:00:00Z");
    assertThat(Period.of(Choice.THIS_MONTH, midnight).until()).isEqualTo("2026-03-01T01:00:00Z");
  }

  @Test
  void longTimesHaveLongBars() {
    assertThat(Period.of(Choice.THIS_MONTH, NOW).step()).isEqualTo(Step.DAY);
    assertThat(Period.of(Choice.THIS_MONTH, NOW).begins()).hasSize(29);
    Period day = Period.days(LocalDate.of(2026, 3, 28), LocalDate.of(2026, 3, 28), NOW);
    assertThat(day.step()).isEqualTo(Step.HOUR);
    assertThat(day.begins()).hasSize(24);
    Period year = Period.days(LocalDate.of(2025, 3, 15), LocalDate.of(2026, 3, 14), NOW);
    assertThat(year.step()).isEqualTo(Step.MONTH);
    assertThat(year.begins()).hasSize(13);
    assertThat(year.begins().getFirst()).isEqualTo("2025-03-01T00:00:00Z");
  }

  @Test
  void daysToComeAreNone() {
    LocalDate tomorrow = LocalDate.of(2026, 3, 30);
    assertThatThrownBy(() -> Period.days(tomorrow, tomorrow, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

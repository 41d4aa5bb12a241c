package dev.argosy.controllers.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *               |             | 2026-01-01T00:00:30Z | 2026-01-01T00:01:00Z
          */15 * * * *            |             | 2026-01-01T00:15:00Z | 2026-01-01T00:30:00Z
          30 6-16/4 * * 1-5       |             | 2026-01-02T15:00:00Z | 2026-01-05T06:30:00Z
          0 0 13 * fri            |             | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
          0 0 13 * ?              |             | 2026-01-01T00:00:00Z | 2026-01-13T00:00:00Z
          0 12 29 feb *           |             | 2026-01-01T00:00:00Z | 2028-02-29T12:00:00Z
          5/20 * * * *            |             | 2026-01-01T00:06:00Z | 2026-01-01T00:25:00Z
          @hourly                 |             | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z
          @daily                  | Asia/Tokyo  | 2026-01-01T00:00:00Z | 2026-01-01T15:00:00Z
          @weekly                 |             | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z
          @yearly                 |             | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z
          @every 1h30m            |             | 2026-01-01T00:00:00Z | 2026-01-01T01:30:00Z
          TZ=Asia/Tokyo 0 9 * * * |             | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
          30 2 * * *              | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z
          """)
  void tells_the_next_time(String text, String zone, Instant after, Instant next) {
    Schedule schedule = ScheduleParser.parse(text, zone == null ? "" : zone).orElseThrow();
    assertThat(schedule.next(after)).contains(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"59 23 31 2 *", "0 0 30 feb *"})
  void a_day_that_never_comes_has_no_next_time(String text) {
    Schedule schedule = ScheduleParser.parse(text, "").orElseThrow();
    assertThat(schedule.next(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
    assertThat(schedule.latest(Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"nonsense", "* * * *", "61 * * * *", "@sometimes", "TZ=UTC"})
  void what_is_no_schedule_is_empty(String text) {
    assertThat(ScheduleParser.parse(text, "")).isEmpty();
  }

  @Property(tries = 60)
  void the_latest_time_is_the_last_of_all_next_ones(
      @ForAll @IntRange(min = 0, max = 5000) int fromMinute,
      @ForAll @IntRange(min = 0, max = 3000) int length,
      @ForAll @IntRange(min = 0, max = 4) int which) {
    String text =
        new String[] {"*/7 * * * *", "10 1 * * *", "0 */5 * * 2", "@every 11m", "3 4 5 * *"}[which];
    Schedule schedule = ScheduleParser.parse(text, "").orElseThrow();
    Instant after = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * fromMinute);
    Instant until = after.plusSeconds(60L * length);
    Optional<Instant> expected = Optional.empty();
    for (Optional<Instant> t = schedule.next(after);
        t.filter(x -> !x.isAfter(until)).isPresent();
        t = schedule.next(t.get())) {
      expected = t;
    }
    assertThat(schedule.latest(after, until)).isEqualTo(expected);
  }
}

package dev.argosy.console.usage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a month has cost so far, and how fast that grows: as in its last seven days, or since its
 * first cost if that is later.
 *
 * @param perHour empty if it is too early to say
 * @param since from when on the pace was taken; empty if nothing has cost anything since
 */
record Pace(Instant now, BigDecimal spent, Optional<BigDecimal> perHour, Optional<Instant> since) {

  private static final Duration LOOK = Duration.ofDays(7);
  private static final Duration LEAST = Duration.ofHours(1);
  private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

  /**
   * Of the month of this moment.
   *
   * @param costs by where their time begins, of this month alone; what goes on counts up to now
   */
  static Pace of(Map<Instant, BigDecimal> costs, Instant now) {
    NavigableMap<Instant, BigDecimal> all = new TreeMap<>(costs);
    BigDecimal spent = sum(all);
    all.values().removeIf(cost -> cost.signum() == 0);
    Optional<Instant> since = Optional.ofNullable(all.ceilingKey(now.minus(LOOK)));
    Optional<BigDecimal> perHour =
        since.isEmpty()
            ? Optional.of(BigDecimal.ZERO)
            : since
                .filter(first -> Duration.between(first, now).compareTo(LEAST) >= 0)
                .map(first ->
                    sum(all.tailMap(first)).divide(hours(first, now), MathContext.DECIMAL64));
    return new Pace(now, spent, perHour, since);
  }

  private static BigDecimal sum(Map<Instant, BigDecimal> costs) {
    return costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal hours(Instant from, Instant to) {
    return BigDecimal.valueOf(Duration.between(from, to).toSeconds())
        .divide(HOUR, MathContext.DECIMAL64);
  }

  private Instant monthsEnd() {
    return YearMonth.from(now.atOffset(ZoneOffset.UTC))
        .plusMonths(1)
        .atDay(1)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC);
  }

  /** What the month will have cost; empty if it is too early to say. */
  Optional<BigDecimal> atMonthsEnd() {
    return perHour.map(rate -> spent.add(rate.multiply(hours(now, monthsEnd()))));
  }

  /** When so much will be spent, if that is before the month's end. */
  Optional<Instant> reaches(BigDecimal amount) {
    if (spent.compareTo(amount) >= 0) {
      return Optional.of(now);
    }
    return perHour
        .filter(rate -> rate.signum() > 0)
        .filter(rate -> atMonthsEnd().orElse(BigDecimal.ZERO).compareTo(amount) >= 0)
        .map(rate ->
            now.plusSeconds(
                amount
                    .subtract(spent)
                    .divide(rate, MathContext.DECIMAL64)
                    .multiply(HOUR)
                    .longValue()));
  }
}

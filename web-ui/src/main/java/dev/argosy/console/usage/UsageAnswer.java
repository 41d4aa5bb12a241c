package dev.argosy.console.usage;

import dev.argosy.console.usage.Period.Choice;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.StatusException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that is shown of a tenant's usage.
 *
 * @param inAll the time as a whole, told apart as chosen
 * @param overTime each part of it
 * @param month each day of this month
 */
record UsageAnswer(
    Asked asked, UsageReport inAll, UsageReport overTime, UsageReport month, Instant at) {

  /** What somebody chose to see. */
  record Asked(Period period, Breakdown by) {}

  /**
   * Asks.
   *
   * @param api answers one question
   * @param known what is known of the same time already
   */
  static ApiResult<UsageAnswer> to(
      Asked asked,
      Function<Map<String, String>, ApiResult<UsageReport>> api,
      Optional<UsageAnswer> known,
      Instant now) {
    Period month = Period.of(Choice.THIS_MONTH, now);
    try {
      UsageReport inAll = api.apply(Questions.inAll(asked.period(), asked.by().by())).orThrow();
      if (known.isPresent()) {
        UsageAnswer before = known.get();
        return ApiResult.ok(
            new UsageAnswer(asked, inAll, before.overTime, before.month, before.at));
      }
      UsageReport overTime = api.apply(Questions.overTime(asked.period(), "")).orThrow();
      UsageReport ofMonth =
          month.equals(asked.period())
              ? overTime
              : api.apply(Questions.overTime(month, "")).orThrow();
      return ApiResult.ok(new UsageAnswer(asked, inAll, overTime, ofMonth, now));
    } catch (StatusException e) {
      return ApiResult.refused(e.status());
    }
  }

  /** How fast this month's cost grows; empty where nothing has a price. */
  Optional<Pace> pace() {
    return pace(month, at);
  }

  /** The same of a report about this month. */
  static Optional<Pace> pace(UsageReport month, Instant now) {
    if (month.currency().isEmpty()) {
      return Optional.empty();
    }
    Map<Instant, BigDecimal> costs = new HashMap<>();
    month
        .lines()
        .forEach(line ->
            line.at().ifPresent(at -> costs.merge(at, line.cost().total(), BigDecimal::add)));
    return Optional.of(Pace.of(costs, now));
  }
}

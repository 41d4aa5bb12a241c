package dev.argosy.console.usage;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.StatusException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What all tenants were allocated, used and cost in a time.
 *
 * @param currency empty where nothing has a price
 */
record PlatformUsage(
    Period period, UsageReport report, List<GroupRow> rows, Optional<String> currency) {

  private static final String SHOWN = "cpu,memory,storage";

  PlatformUsage {
    rows = List.copyOf(rows);
  }

  /**
   * Asks: of all resources there may be more sums than are told at once, so only for those that are
   * shown, and for what all of them cost together.
   *
   * @param api answers one question
   */
  static ApiResult<PlatformUsage> in(
      Period period, Function<Map<String, String>, ApiResult<UsageReport>> api) {
    Map<String, String> query = new HashMap<>(Questions.inAll(period, "tenant"));
    query.remove("cost");
    try {
      UsageReport amounts = api.apply(Questions.with(query, "resource", SHOWN)).orThrow();
      if (!amounts.priced()) {
        return ApiResult.ok(
            new PlatformUsage(period, amounts, GroupRow.of(amounts), Optional.empty()));
      }
      UsageReport costs = api.apply(Questions.with(query, "cost", "only")).orThrow();
      return ApiResult.ok(
          new PlatformUsage(
              period,
              amounts,
              together(GroupRow.of(amounts), GroupRow.of(costs)),
              costs.currency()));
    } catch (StatusException e) {
      return ApiResult.refused(e.status());
    }
  }

  private static List<GroupRow> together(List<GroupRow> amounts, List<GroupRow> costs) {
    Map<String, GroupRow> all = new HashMap<>();
    amounts.forEach(row -> all.put(row.group(), row));
    costs.forEach(row -> all.merge(row.group(), row, (known, cost) -> known.costing(cost.cost())));
    return all.values().stream().sorted(Comparator.comparing(GroupRow::group)).toList();
  }

  Cost cost() {
    return rows.stream().map(GroupRow::cost).reduce(Cost.NOTHING, Cost::plus);
  }
}

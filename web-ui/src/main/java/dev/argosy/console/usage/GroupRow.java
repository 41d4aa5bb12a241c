package dev.argosy.console.usage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a namespace, a label's value or a tenant was allocated and used, and what that cost.
 *
 * @param lines by resource
 */
record GroupRow(String group, Map<String, UsageLine> lines, Cost cost) {

  GroupRow {
    lines = Map.copyOf(lines);
  }

  /** One for each group of a report. */
  static List<GroupRow> of(UsageReport report) {
    Map<String, Map<String, UsageLine>> groups = new TreeMap<>();
    for (UsageLine line : report.lines()) {
      groups
          .computeIfAbsent(line.group(), group -> new TreeMap<>())
          .merge(line.resource(), line, UsageLine::plus);
    }
    List<GroupRow> rows = new ArrayList<>();
    groups.forEach((group, lines) ->
        rows.add(
            new GroupRow(
                group,
                lines,
                lines.values().stream().map(UsageLine::cost).reduce(Cost.NOTHING, Cost::plus))));
    return rows;
  }

  /** The same with what something else says that it costs. */
  GroupRow costing(Cost other) {
    return new GroupRow(group, lines, other);
  }

  BigDecimal allocated(String resource) {
    return Optional.ofNullable(lines.get(resource))
        .map(UsageLine::allocated)
        .orElse(BigDecimal.ZERO);
  }

  Optional<BigDecimal> used(String resource) {
    return Optional.ofNullable(lines.get(resource)).flatMap(UsageLine::used);
  }
}

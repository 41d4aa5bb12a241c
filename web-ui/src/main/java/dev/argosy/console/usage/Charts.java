package dev.argosy.console.usage;

import dev.argosy.console.chart.Chart;
import dev.argosy.console.chart.Chart.Bar;
import dev.argosy.console.chart.Chart.Series;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes charts of a report over time. */
final class Charts {

  /** The choice that is no resource. */
  static final String COST = "";

  private static final List<Series> COSTS =
      List.of(
          new Series("What was allocated and used", "bar-own"),
          new Series("Its part of what was idle", "bar-idle"),
          new Series("Its part of the platform", "bar-shared"));

  private static final List<Series> AMOUNTS =
      List.of(new Series("Allocated", "bar-allocated"), new Series("Used", "bar-used"));

  /** What is never allocated. */
  private static final List<Series> USE = List.of(new Series("Used", "bar-used"));

  private Charts() {}

  /** What there is to choose from. */
  static List<String> choices(UsageReport report) {
    List<String> choices = new ArrayList<>();
    if (report.currency().isPresent()) {
      choices.add(COST);
    }
    report.lines().stream()
        .map(UsageLine::resource)
        .distinct()
        .sorted(ResourceName.ORDER)
        .forEach(choices::add);
    return choices;
  }

  static String nameOf(String choice) {
    return choice.equals(COST) ? "Cost" : ResourceName.of(choice);
  }

  static Chart of(UsageReport report, Period period, String choice) {
    Map<Instant, UsageLine> at = new HashMap<>();
    for (UsageLine line : report.lines()) {
      if (choice.equals(COST) || choice.equals(line.resource())) {
        at.merge(line.at().orElse(period.from()), line, UsageLine::plus);
      }
    }
    if (choice.equals(COST)) {
      return new Chart(
          report.currency().orElse(""), true, COSTS, bars(period, at, line -> parts(line.cost())));
    }
    String unit =
        at.values().stream().findFirst().map(line -> line.unit().textFor(choice)).orElse("hours");
    return choice.startsWith("network.")
        ? new Chart(unit, false, USE, bars(period, at, line -> List.of(used(line))))
        : new Chart(
            unit, false, AMOUNTS, bars(period, at, line -> List.of(line.allocated(), used(line))));
  }

  private static List<BigDecimal> parts(Cost cost) {
    return List.of(cost.own(), cost.idle(), cost.shared());
  }

  private static BigDecimal used(UsageLine line) {
    return line.used().orElse(BigDecimal.ZERO);
  }

  private static List<Bar> bars(
      Period period, Map<Instant, UsageLine> lines, Function<UsageLine, List<BigDecimal>> values) {
    UsageLine none =
        new UsageLine(
            Optional.empty(), "", "", Unit.HOURS, BigDecimal.ZERO, Optional.empty(), Cost.NOTHING);
    Period.Step step = period.step();
    return period.begins().stream()
        .map(at -> new Bar(step.label(at), values.apply(lines.getOrDefault(at, none))))
        .toList();
  }
}

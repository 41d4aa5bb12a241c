package dev.argosy.console.usage;

import dev.argosy.console.chart.Figures;
import dev.argosy.console.layout.LiveGrid;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was allocated and used of each resource, and what that cost. */
final class ResourceGrid extends LiveGrid<UsageLine> {

  private static final long serialVersionUID = 1L;

  private final CostColumns<UsageLine> costs;

  ResourceGrid() {
    super(UsageLine::resource, "Nothing was allocated or used in this time.");
    wideColumn("Resource", 2, line -> ResourceName.of(line.resource()));
    column("Unit", line -> line.unit().textFor(line.resource()));
    numberColumn(
        "Allocated",
        line -> line.resource().startsWith("network.") ? "–" : Figures.of(line.allocated()),
        Comparator.comparing(UsageLine::allocated));
    numberColumn("Used", line -> Figures.of(line.used()), Comparator.comparing(ResourceGrid::used));
    numberColumn(
        "Used of allocated",
        line -> line.used().map(used -> Figures.share(used, line.allocated())).orElse("–"),
        Comparator.comparing(ResourceGrid::share));
    costs = new CostColumns<>(this, UsageLine::cost);
    costs.addParts();
    costs.addTotal();
    fitRows();
  }

  private static BigDecimal used(UsageLine line) {
    return line.used().orElse(BigDecimal.ZERO);
  }

  private static BigDecimal share(UsageLine line) {
    return line.allocated().signum() <= 0
        ? BigDecimal.ZERO
        : used(line).divide(line.allocated(), MathContext.DECIMAL32);
  }

  /** Shows the sums of a report over all its groups. */
  void show(UsageReport report) {
    Map<String, UsageLine> sums = new TreeMap<>(ResourceName.ORDER);
    report.lines().forEach(line -> sums.merge(line.resource(), line, UsageLine::plus));
    costs.currency(report.currency());
    show(List.copyOf(sums.values()));
  }
}

package dev.argosy.console.usage;

import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.component.grid.GridSortOrder;
import dev.argosy.console.chart.Figures;
import dev.argosy.console.layout.LiveGrid;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The columns that rows of namespaces, labels and tenants have in common. */
final class GroupColumns {

  private final LiveGrid<GroupRow> grid;
  private final Column<GroupRow> cpu;
  private final Column<GroupRow> total;
  private final CostColumns<GroupRow> costs;

  /** Adds them to a grid. */
  GroupColumns(LiveGrid<GroupRow> grid) {
    this.grid = grid;
    costs = new CostColumns<>(grid, GroupRow::cost);
    total = costs.addTotal();
    cpu = allocated("CPU (core-hours)", "cpu");
    used("CPU used", "cpu");
    allocated("Memory (GiB-hours)", "memory");
    used("Memory used", "memory");
    allocated("Storage (GiB-hours)", "storage");
    costs.addParts();
  }

  private Column<GroupRow> allocated(String header, String resource) {
    return grid.numberColumn(
        header,
        row -> Figures.of(row.allocated(resource)),
        Comparator.comparing(row -> row.allocated(resource)));
  }

  private void used(String header, String resource) {
    grid.numberColumn(
        header,
        row -> Figures.of(row.used(resource)),
        Comparator.comparing(row -> row.used(resource).orElse(BigDecimal.ZERO)));
  }

  /** Shows the rows, first what costs or has most, unless another order was chosen. */
  void show(List<GroupRow> rows, Optional<String> currency) {
    costs.currency(currency);
    if (grid.getSortOrder().isEmpty()) {
      grid.sort(GridSortOrder.desc(currency.isPresent() ? total : cpu).build());
    }
    grid.show(rows);
  }
}

package dev.argosy.console.usage;

import com.vaadin.flow.component.grid.Grid.Column;
import dev.argosy.console.chart.Figures;
import dev.argosy.console.layout.LiveGrid;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns that tell what a row costs; not there where nothing has a price.
 *
 * @param <T> a row
 */
final class CostColumns<T> {

  private final LiveGrid<T> grid;
  private final Function<T, Cost> cost;
  private final Map<String, Column<T>> columns = new LinkedHashMap<>();

  CostColumns(LiveGrid<T> grid, Function<T, Cost> cost) {
    this.grid = grid;
    this.cost = cost;
  }

  /** Adds what it costs in all. */
  Column<T> addTotal() {
    return add("Total", Cost::total);
  }

  /** Adds of what that is made up. */
  void addParts() {
    add("Own", Cost::own);
    add("Idle", Cost::idle);
    add("Shared", Cost::shared);
  }

  private Column<T> add(String name, Function<Cost, BigDecimal> part) {
    Column<T> column =
        grid.numberColumn(
            name,
            row -> Figures.of(part.apply(cost.apply(row))),
            Comparator.comparing(row -> part.apply(cost.apply(row))));
    column.setVisible(false);
    columns.put(name, column);
    return column;
  }

  /** Shows them with a currency, or hides them without one. */
  void currency(Optional<String> currency) {
    columns.forEach((name, column) -> {
      column.setVisible(currency.isPresent());
      column.setHeader(name + currency.map(code -> " (" + code + ")").orElse(""));
    });
  }
}

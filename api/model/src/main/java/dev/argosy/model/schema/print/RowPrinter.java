package dev.argosy.model.schema.print;

import dev.argosy.model.schema.KindSchema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The columns of one resource and how their cells are computed. */
public final class RowPrinter {

  private final List<Column> columns;
  private final List<Cell> cells;

  RowPrinter(List<Column> columns, List<Cell> cells) {
    this.columns = List.copyOf(columns);
    this.cells = List.copyOf(cells);
  }

  public List<Column> columns() {
    return columns;
  }

  /** One cell per column. */
  public List<Object> cells(ObjectNode object, Instant now) {
    List<Object> row = new ArrayList<>(cells.size());
    for (Cell cell : cells) {
      row.add(cell.of(object, now));
    }
    return row;
  }

  /** The same apart from the time, to be kept. */
  public Row row(ObjectNode object) {
    return new Row(cells.stream().map(cell -> cell.lasting(object)).toList());
  }
}

package dev.argosy.console.usage;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import dev.argosy.console.layout.LiveGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Usage by namespace, or by a label that the user chooses. */
final class GroupPanel extends Div {

  private static final long serialVersionUID = 1L;

  /** More rows than these are scrolled. */
  private static final int ROWS = 15;

  private final Select<Breakdown> choice = new Select<>();
  private final LiveGrid<GroupRow> grid =
      new LiveGrid<>(GroupRow::group, "Nothing was allocated or used in this time.");
  private final transient GroupColumns columns;

  GroupPanel(Consumer<Breakdown> chosen) {
    addClassName("parts");
    choice.setAriaLabel("Told apart by");
    choice.setItemLabelGenerator(Breakdown::text);
    choice.setItems(Breakdown.NAMESPACE);
    choice.setValue(Breakdown.NAMESPACE);
    choice.addValueChangeListener(event -> {
      if (event.isFromClient()) {
        chosen.accept(event.getValue());
      }
    });
    grid.wideColumn("Name", 2, row -> chosen().nameOf(row.group())).setWidth("12rem");
    columns = new GroupColumns(grid);
    grid.fitRows();
    Div controls = new Div(choice, grid.filterField());
    controls.addClassName("actions");
    Div head = new Div(new H2("By namespace or label"), controls);
    head.addClassName("section-head");
    add(head, grid);
  }

  Breakdown chosen() {
    return choice.getValue();
  }

  void show(UsageReport report) {
    List<Breakdown> choices = new ArrayList<>(List.of(Breakdown.NAMESPACE));
    report.labels().forEach(label -> choices.add(Breakdown.label(label)));
    Breakdown before = choice.getValue();
    choice.setItems(choices);
    choice.setValue(choices.contains(before) ? before : Breakdown.NAMESPACE);
    List<GroupRow> rows = GroupRow.of(report);
    grid.setAllRowsVisible(rows.size() <= ROWS);
    grid.setHeight(rows.size() <= ROWS ? "auto" : "32rem");
    columns.show(rows, report.currency());
  }
}

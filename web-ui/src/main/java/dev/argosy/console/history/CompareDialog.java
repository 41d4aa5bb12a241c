package dev.argosy.console.history;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.live.Moment;
import java.util.List;

/** What is different now from what an object was. */
final class CompareDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  CompareDialog(RevisionRow row, List<FieldRow> fields) {
    setHeaderTitle("Since revision " + row.revision() + ", " + Moment.of(row.at()));
    addClassName("document-dialog");
    LiveGrid<FieldRow> grid = new LiveGrid<>(FieldRow::path, "It is now what it was then.");
    grid.wideColumn("Field", 3, FieldRow::path);
    grid.wideColumn("Was", 2, FieldRow::was);
    grid.wideColumn("Is", 2, FieldRow::is);
    grid.wideColumn("Changed by", 2, FieldRow::by);
    grid.column("At", field -> Moment.of(field.at()));
    grid.fitRows();
    grid.show(fields);
    add(grid);
    Button close = new Button("Close", e -> close());
    close.setAutofocus(true);
    getFooter().add(close);
  }
}

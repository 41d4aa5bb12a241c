package dev.argosy.console.audit;

import com.vaadin.flow.component.html.Div;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.PagedGrid;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ResourceScope;

/** The audit trail of a cluster: search it, page through it, look at a record. */
final class AuditPanel extends Div {

  private static final long serialVersionUID = 1L;

  /**
   * @param clusters whether records of several clusters are there
   */
  AuditPanel(ConsoleSession session, String cluster, boolean clusters) {
    addClassName("parts");
    LiveGrid<AuditRow> grid =
        new LiveGrid<>(
            AuditRow::key, "Nothing was recorded that fits. Search for less, or longer.");
    grid.column("At", row -> Moment.exact(row.at()));
    if (clusters) {
      grid.wideColumn("Record", 1, row -> row.key().name());
    }
    grid.wideColumn("User", 2, AuditRow::user);
    grid.column("Verb", AuditRow::verb);
    grid.wideColumn("Resource", 2, AuditRow::resource);
    grid.wideColumn("Namespace", 1, AuditRow::namespace);
    grid.wideColumn("Object", 2, AuditRow::name);
    grid.badgeColumn("Outcome", AuditRow::health, AuditRow::outcome).setWidth("9rem");
    grid.addComponentColumn(row ->
            Buttons.inRow(
                "Details", row.key().name(), () -> RecordDialog.open(session.api(), row.key())))
        .setAutoWidth(true)
        .setFlexGrow(0);
    PagedGrid<AuditRow> records =
        new PagedGrid<>(
            session.api(),
            ResourceScope.cluster(Resources.AUDIT_RECORDS, cluster),
            AuditRow::of,
            grid);
    AuditSearch search = new AuditSearch(question -> records.search(question.selector()));
    add(search, records);
    search.go();
  }
}

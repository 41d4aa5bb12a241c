package dev.argosy.console.node;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import java.util.List;

/** The nodes that a tenant's pods may run on. */
@Route("t/:tenant/nodes")
@PageTitle("Nodes · Argosy")
public class NodesView extends TenantPage implements LiveObjects.View<NodeRow> {

  private static final long serialVersionUID = 1L;

  private final LiveGrid<NodeRow> grid =
      new LiveGrid<>(
          NodeRow::key, "No nodes are granted to this tenant. Ask a platform administrator.");

  public NodesView(ConsoleSession session) {
    super("Nodes", session);
    grid.wideColumn("Name", 2, row -> row.key().name());
    grid.badgeColumn("State", NodeRow::health, NodeRow::state);
    grid.column("Pool", NodeRow::pool);
    grid.column("CPU", NodeRow::cpu).setTextAlign(ColumnTextAlign.END);
    grid.column("Memory", NodeRow::memory).setTextAlign(ColumnTextAlign.END);
    grid.column("Address", NodeRow::address);
    grid.column("Version", NodeRow::version);
    grid.column("Age", row -> Age.of(row.created(), session.clock()))
        .setTextAlign(ColumnTextAlign.END);
    add(grid);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    actions(grid.filterField());
    LiveObjects.bind(this, session().api(), all(Resources.NODES), "", NodeRow::of, this);
  }

  @Override
  public void show(List<NodeRow> rows) {
    grid.show(rows);
  }
}

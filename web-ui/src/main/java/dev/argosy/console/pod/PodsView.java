package dev.argosy.console.pod;

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
import dev.argosy.model.schema.KindSchema;
import java.util.List;

/** The pods of a tenant, live. */
@Route("t/:tenant/pods")
@PageTitle("Pods · Argosy")
public class PodsView extends TenantPage implements LiveObjects.View<PodRow> {

  private static final long serialVersionUID = 1L;

  private final LiveGrid<PodRow> grid =
      new LiveGrid<>(PodRow::key, "No pods. A workload makes them as soon as it is deployed.");

  public PodsView(ConsoleSession session) {
    super("Pods", session);
    grid.linkColumn("Name", row -> row.key().name(), this::path);
    grid.column("Namespace", row -> row.key().namespace());
    grid.badgeColumn("State", PodRow::health, PodRow::state);
    grid.column("Ready", PodRow::ready).setTextAlign(ColumnTextAlign.END);
    grid.column("Restarts", PodRow::restarts).setTextAlign(ColumnTextAlign.END);
    grid.column("Node", PodRow::node);
    grid.column("IP", PodRow::address);
    grid.column("Age", row -> Age.of(row.created(), session.clock()))
        .setTextAlign(ColumnTextAlign.END);
    add(grid);
  }

  private String path(PodRow row) {
    return "t/" + tenant() + "/pods/" + row.key().namespace() + "/" + row.key().name();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    actions(grid.filterField());
    KindSchema pods = session().kinds().preferred(Resources.PODS).orElseThrow();
    LiveObjects.bind(
        this,
        session().api(),
        all(Resources.PODS),
        "",
        object -> PodRow.of(object, pods, session().clock().instant()),
        this);
  }

  @Override
  public void show(List<PodRow> rows) {
    grid.show(rows);
  }
}

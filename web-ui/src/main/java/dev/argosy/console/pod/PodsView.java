package dev.argosy.console.pod;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
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
import java.util.Comparator;
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
    grid.addComponentColumn(this::link)
        .setHeader("Name")
        .setSortable(true)
        .setComparator(Comparator.comparing(row -> row.key().name()))
        .setResizable(true)
        .setFlexGrow(3);
    grid.column("Namespace", row -> row.key().namespace());
    grid.addComponentColumn(row -> row.health().badge(row.state()))
        .setHeader("State")
        .setSortable(true)
        .setComparator(Comparator.comparing(PodRow::state))
        .setAutoWidth(true);
    grid.column("Ready", PodRow::ready).setTextAlign(ColumnTextAlign.END);
    grid.column("Restarts", PodRow::restarts).setTextAlign(ColumnTextAlign.END);
    grid.column("Node", PodRow::node);
    grid.column("IP", PodRow::address);
    grid.column("Age", row -> Age.of(row.created(), session.clock()))
        .setTextAlign(ColumnTextAlign.END);
    add(grid);
  }

  private Anchor link(PodRow row) {
    String path = "t/" + tenant() + "/pods/" + row.key().namespace() + "/" + row.key().name();
    Anchor link = new Anchor(path, row.key().name());
    link.setTitle(row.key().name());
    return link;
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

package dev.argosy.console.workload;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.history.HistoryView;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import java.util.List;

/** The Deployments of a tenant, live; scale and delete. */
@Route("t/:tenant/workloads")
@PageTitle("Workloads · Argosy")
public class WorkloadsView extends TenantPage implements LiveObjects.View<DeploymentRow> {

  private static final long serialVersionUID = 1L;

  private final LiveGrid<DeploymentRow> grid;

  public WorkloadsView(ConsoleSession session) {
    super("Workloads", session);
    grid =
        new LiveGrid<>(
            DeploymentRow::key, "No workloads yet. Deploy some by pasting YAML under “Deploy”.");
    grid.wideColumn("Name", 3, row -> row.key().name());
    grid.column("Namespace", row -> row.key().namespace());
    grid.badgeColumn("State", DeploymentRow::health, DeploymentRow::state);
    grid.column("Ready", row -> row.ready() + " / " + row.desired())
        .setTextAlign(ColumnTextAlign.END);
    grid.wideColumn("Images", 2, row -> String.join(", ", row.images()));
    grid.column("Age", row -> Age.of(row.created(), session.clock()))
        .setTextAlign(ColumnTextAlign.END);
    grid.addColumn(new ComponentRenderer<Component, DeploymentRow>(Actions::new, Actions::of))
        .setHeader("")
        .setFlexGrow(0)
        .setAutoWidth(true);
    add(grid);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    Button deploy = new Button("Deploy", VaadinIcon.PLUS.create());
    deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    deploy.addClickListener(click ->
        click.getSource().getUI().ifPresent(ui -> ui.navigate("t/" + tenant() + "/deploy")));
    actions(grid.filterField(), deploy);
    LiveObjects.bind(
        this, session().api(), all(Resources.DEPLOYMENTS), "", DeploymentRow::of, this);
  }

  @Override
  public void show(List<DeploymentRow> rows) {
    grid.show(rows);
  }

  /** What can be done to a row; the buttons stay while the row changes. */
  private final class Actions extends Div {

    private static final long serialVersionUID = 1L;

    private DeploymentRow row;

    Actions(DeploymentRow row) {
      this.row = row;
      String name = row.key().name();
      Button delete =
          Buttons.inRow("Delete", name, () -> DeleteDialog.open(session().api(), row.key()));
      delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
      add(
          Buttons.inRow("Scale", name, () -> new ScaleDialog(session().api(), this.row).open()),
          Buttons.inRow(
              "History",
              name,
              () -> getUI().ifPresent(ui -> ui.navigate(HistoryView.path(this.row.key())))),
          delete);
    }

    /** The same buttons, for what the row is now. */
    static Component of(Component actions, DeploymentRow now) {
      ((Actions) actions).row = now;
      return actions;
    }
  }
}

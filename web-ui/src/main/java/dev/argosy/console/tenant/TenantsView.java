package dev.argosy.console.tenant;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Page;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Permission;
import dev.argosy.console.session.Resources;
import java.util.List;

/** All tenants, for platform administrators; makes new ones. */
@Route("platform/tenants")
@PageTitle("Tenants · Argosy")
public class TenantsView extends Page implements LiveObjects.View<TenantRow> {

  private static final long serialVersionUID = 1L;

  private final LiveGrid<TenantRow> grid =
      new LiveGrid<>(TenantRow::key, "No tenants yet. Create the first one.");

  public TenantsView(ConsoleSession session) {
    super("Tenants");
    TenantCommands commands = new TenantCommands(session, "");
    grid.linkColumn("Name", row -> row.key().name(), row -> "t/" + row.key().name() + "/details");
    grid.wideColumn("Display name", 2, TenantRow::displayName);
    grid.badgeColumn("State", TenantRow::health, TenantRow::phase);
    grid.column("Parent", TenantRow::parent);
    grid.column("Age", row -> Age.of(row.created(), session.clock()))
        .setTextAlign(ColumnTextAlign.END);
    grid.addColumn(
            new ComponentRenderer<Component, TenantRow>(
                row -> new TenantActions(commands, row), TenantActions::of))
        .setAutoWidth(true)
        .setFlexGrow(0);
    add(grid);
    Button create =
        new Button(
            "New tenant",
            VaadinIcon.PLUS.create(),
            e -> new CreateTenantDialog(session.api()).open());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Permission mayCreate = session.rights().may("create", Resources.inRoot(Resources.TENANTS));
    actions(grid.filterField(), Buttons.only(mayCreate, create));
    LiveObjects.bind(
        this, session.api(), Resources.inRoot(Resources.TENANTS), "", TenantRow::of, this);
  }

  @Override
  public void show(List<TenantRow> rows) {
    grid.show(rows);
  }
}

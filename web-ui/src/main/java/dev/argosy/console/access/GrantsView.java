package dev.argosy.console.access;

import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Page;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import java.util.List;

/** Who has a role on the platform, which counts in all tenants. */
@Route("platform/access")
@PageTitle("Platform roles · Argosy")
public class GrantsView extends Page implements LiveObjects.View<RoleRow> {

  private static final long serialVersionUID = 1L;

  private final RoleGrid grid;

  public GrantsView(ConsoleSession session) {
    super("Platform roles");
    RolePlace place = RolePlace.platform();
    grid = new RoleGrid(session, place, "Nobody has a role on the platform.");
    actions(grid.filterField(), grid.addButton("Give a role"));
    add(grid);
    LiveObjects.bind(this, session.api(), place.scope(), place.selector(), RoleRow::of, this);
  }

  @Override
  public void show(List<RoleRow> rows) {
    grid.show(RoleRow.byName(rows));
  }
}

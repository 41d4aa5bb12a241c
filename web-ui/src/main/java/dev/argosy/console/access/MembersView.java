package dev.argosy.console.access;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.invitation.TenantInvitations;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.program.TenantPrograms;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of a tenant; those of the tenant above have the same roles here. */
@Route("t/:tenant/members")
@PageTitle("Members · Argosy")
public class MembersView extends TenantPage implements LiveObjects.View<RoleRow> {

  private static final long serialVersionUID = 1L;

  private @Nullable RoleGrid grid;

  public MembersView(ConsoleSession session) {
    super("Members", session);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    RolePlace place = RolePlace.tenant(tenant());
    RoleGrid made =
        new RoleGrid(
            session(), place, "No members of its own. Add those who shall work with this tenant.");
    grid = made;
    TenantInvitations invitations =
        new TenantInvitations(session(), tenant(), () -> place.choices(session()));
    TenantPrograms programs =
        new TenantPrograms(session(), tenant(), () -> place.choices(session()));
    actions(
        made.filterField(),
        programs.newButton(),
        invitations.inviteButton(),
        made.addButton("Add member"));
    if (session().api().get(Resources.inRoot(Resources.TENANTS, tenant()))
        instanceof ApiResult.Ok<ApiObject>(ApiObject tenant)) {
      inherited(tenant.tree().path("spec").path("parent").asString(""));
    }
    add(made);
    if (invitations.mayBeSeen()) {
      add(new H2("Invitations"), invitations);
    }
    if (programs.mayBeSeen()) {
      add(new H2("Service clients"), programs);
    }
    LiveObjects.bind(this, session().api(), place.scope(), place.selector(), RoleRow::of, this);
  }

  @Override
  public void show(List<RoleRow> rows) {
    if (grid != null) {
      grid.show(RoleRow.byName(rows));
    }
  }

  private void inherited(String parent) {
    if (!parent.isEmpty()) {
      add(
          new Paragraph(
              new Text("The members of "),
              new Anchor("t/" + parent + "/members", parent),
              new Text(" are members here, too, with the same roles.")));
    }
  }
}

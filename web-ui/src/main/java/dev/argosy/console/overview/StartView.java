package dev.argosy.console.overview;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.invitation.OwnInvitations;
import dev.argosy.console.layout.Page;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.TenantDirectory.TenantChoice;
import java.util.List;

/** Where people arrive: sends them to their first tenant, or says that they have none. */
@Route("")
@PageTitle("Argosy")
public class StartView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;

  public StartView(ConsoleSession session) {
    super("Welcome");
    this.session = session;
    add(
        empty(
            "You are not a member of any tenant yet. Ask an administrator to add "
                + session.user().name()
                + " to one, accept an invitation, or ask for one of your own under “Tenant requests”."),
        new H2("Invitations"),
        new OwnInvitations(session));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (session.administersPlatform()) {
      event.forwardTo("platform/tenants");
      return;
    }
    List<TenantChoice> tenants = session.tenants();
    if (!tenants.isEmpty()) {
      event.forwardTo("t/" + tenants.getFirst().name());
    }
  }
}

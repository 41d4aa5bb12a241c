package dev.argosy.console.invitation;

import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Page;
import dev.argosy.console.session.ConsoleSession;

/** Where people who are invited are sent. */
@Route(InvitationsView.PATH)
@PageTitle("Invitations · Argosy")
public class InvitationsView extends Page {

  static final String PATH = "invitations";

  private static final long serialVersionUID = 1L;

  public InvitationsView(ConsoleSession session) {
    super("Invitations");
    add(new OwnInvitations(session));
  }
}

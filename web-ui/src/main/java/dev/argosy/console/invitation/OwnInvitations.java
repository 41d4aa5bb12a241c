package dev.argosy.console.invitation;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.layout.Troubled;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;

/** The invitations of the user, which they accept or decline. */
public final class OwnInvitations extends Div {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;

  public OwnInvitations(ConsoleSession session) {
    this.session = session;
    addClassName("paged");
    String email = session.user().verifiedEmail();
    Troubled troubled = new Troubled();
    LiveGrid<InvitationRow> grid = new LiveGrid<>(InvitationRow::key, emptyText(email));
    grid.wideColumn("Tenant", 2, row -> row.offer().tenant());
    grid.wideColumn("Role", 1, row -> row.offer().role());
    grid.wideColumn("Invited by", 2, InvitationRow::inviter);
    grid.badgeColumn(
        "State",
        row -> row.health(session.clock().instant()),
        row -> row.state(session.clock().instant()));
    grid.column("Can be accepted until", row -> Moment.of(row.acceptBy()));
    grid.addComponentColumn(this::actions).setAutoWidth(true).setFlexGrow(0);
    grid.setAllRowsVisible(true);
    add(troubled, grid);
    LiveObjects.bind(
        this,
        session.api(),
        Resources.inRoot(Resources.INVITATIONS),
        "",
        InvitationRow::of,
        troubled.with(rows ->
            grid.show(
                InvitationRow.inOrder(
                    rows.stream().filter(row -> row.isFor(email)).toList(),
                    session.clock().instant()))));
  }

  private static String emptyText(String email) {
    return email.isEmpty()
        ? "Invitations are made to e-mail addresses. Your log-in service does not say that yours is verified."
        : "Nobody invited " + email + ".";
  }

  private Component actions(InvitationRow row) {
    String tenant = row.offer().tenant();
    if (row.accepted()) {
      return new Anchor("t/" + tenant, "Open");
    }
    if (!row.waits(session.clock().instant())) {
      return new Span();
    }
    var accept =
        Buttons.inRow(
            "Accept", tenant, () -> answer(row, "accept", "You are a member of " + tenant));
    accept.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return new Div(
        accept,
        Buttons.inRow(
            "Decline",
            tenant,
            () -> answer(row, "decline", "The invitation to " + tenant + " is declined")));
  }

  private void answer(InvitationRow row, String answer, String done) {
    Notices.report(
        session.api().post(row.key(), answer, Resources.tenancy("InvitationAnswer")), done);
  }
}

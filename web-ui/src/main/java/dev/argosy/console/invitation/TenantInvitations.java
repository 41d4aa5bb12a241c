package dev.argosy.console.invitation;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.layout.Troubled;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.DeleteOptions;
import java.util.List;
import java.util.function.Supplier;

/** The invitations to a tenant: what has become of them; makes and revokes them. */
public final class TenantInvitations extends Div {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final String tenant;
  private final transient Supplier<List<String>> roles;

  /**
   * @param roles that can be given in the tenant, as far as the user sees them
   */
  public TenantInvitations(ConsoleSession session, String tenant, Supplier<List<String>> roles) {
    this.session = session;
    this.tenant = tenant;
    this.roles = roles;
    addClassName("paged");
    Troubled troubled = new Troubled();
    LiveGrid<InvitationRow> grid =
        new LiveGrid<>(InvitationRow::key, "Nobody is invited at the moment.");
    grid.wideColumn("E-mail address", 3, row -> row.offer().email());
    grid.wideColumn("Role", 1, row -> row.offer().role());
    grid.badgeColumn(
        "State",
        row -> row.health(session.clock().instant()),
        row -> row.state(session.clock().instant()));
    grid.column("Can be accepted until", row -> Moment.of(row.acceptBy()));
    grid.wideColumn("Invited by", 1, InvitationRow::inviter);
    grid.addComponentColumn(this::actions).setAutoWidth(true).setFlexGrow(0);
    grid.setAllRowsVisible(true);
    add(troubled, grid);
    LiveObjects.bind(
        this,
        session.api(),
        Resources.inRoot(Resources.INVITATIONS),
        "spec.tenant=" + tenant,
        InvitationRow::of,
        troubled.with(rows -> grid.show(InvitationRow.inOrder(rows, session.clock().instant()))));
  }

  /** Whether the user may do anything with them. */
  public boolean mayBeSeen() {
    return session.rights().may("create", Resources.inRoot(Resources.INVITATIONS)).allowed();
  }

  /** Makes a new one. */
  public Button inviteButton() {
    Button invite =
        new Button(
            "Invite",
            VaadinIcon.ENVELOPE.create(),
            e -> new InviteDialog(session, tenant, roles.get()).open());
    return Buttons.only(
        session.rights().may("create", Resources.inRoot(Resources.INVITATIONS)), invite);
  }

  private Div actions(InvitationRow row) {
    String who = row.offer().email();
    boolean waits = row.waits(session.clock().instant());
    Button link = Buttons.inRow("Link", who, () -> new LinkDialog(session, who).open());
    link.setVisible(waits);
    Button remove = Buttons.inRow(waits ? "Revoke" : "Remove", who, () -> askToRemove(row, waits));
    remove.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return new Div(link, Buttons.only(session.rights().may("delete", row.key()), remove));
  }

  private void askToRemove(InvitationRow row, boolean waits) {
    ConfirmDialog dialog = new ConfirmDialog();
    String who = row.offer().email();
    String verb = waits ? "Revoke" : "Remove";
    dialog.setHeader(verb + " the invitation of " + who + "?");
    dialog.setText(
        waits ? "Nobody can accept it any more." : "It goes from the list. A member stays one.");
    dialog.setCancelable(true);
    dialog.setConfirmText(verb);
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(e ->
        Notices.report(
            session.api().delete(row.key(), DeleteOptions.DEFAULT),
            "The invitation of " + who + " is gone"));
    dialog.open();
  }
}

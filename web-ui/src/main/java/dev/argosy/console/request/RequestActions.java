package dev.argosy.console.request;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Rights;
import dev.argosy.model.client.DeleteOptions;

/**
 * What can be done to a request; the buttons stay while its row changes. Who only asked is not
 * shown how to decide.
 */
final class RequestActions extends Div {

  private static final long serialVersionUID = 1L;

  private final Button approve;
  private final Button deny;
  private final Button delete;
  private final boolean mayDecide;
  private final boolean mayDelete;
  private RequestRow row;

  RequestActions(ConsoleSession session, RequestRow row) {
    this.row = row;
    Rights rights = session.rights();
    mayDecide = rights.may("create", row.key(), "approval").allowed();
    mayDelete = rights.may("delete", row.key()).allowed();
    String name = row.wanted().name();
    approve = Buttons.inRow("Approve", name, () -> decide(session, Decision.APPROVED));
    deny = Buttons.inRow("Deny", name, () -> decide(session, Decision.DENIED));
    delete = Buttons.inRow("Withdraw", name, () -> askToDelete(session));
    deny.addThemeVariants(ButtonVariant.LUMO_ERROR);
    add(approve, deny, delete);
    become(row);
  }

  /** The same buttons, for what the row is now. */
  static Component of(Component actions, RequestRow now) {
    ((RequestActions) actions).become(now);
    return actions;
  }

  private void become(RequestRow now) {
    row = now;
    approve.setVisible(mayDecide && now.waits());
    deny.setVisible(mayDecide && now.waits());
    delete.setVisible(mayDelete);
    delete.setText(now.waits() ? "Withdraw" : "Remove");
    delete.setAriaLabel(delete.getText() + " " + now.wanted().name());
  }

  private void decide(ConsoleSession session, Decision decision) {
    new DecideDialog(session.api(), row, decision).open();
  }

  private void askToDelete(ConsoleSession session) {
    ConfirmDialog dialog = new ConfirmDialog();
    String name = row.wanted().name();
    boolean waits = row.waits();
    dialog.setHeader(
        (waits ? "Withdraw the request for " : "Remove the request for ") + name + "?");
    dialog.setText(
        waits
            ? "Nobody decides it any more, and no tenant is made."
            : "It goes from the list. A tenant that was made for it stays.");
    dialog.setCancelable(true);
    dialog.setConfirmText(waits ? "Withdraw" : "Remove");
    dialog.addConfirmListener(e ->
        Notices.report(
            session.api().delete(row.key(), DeleteOptions.DEFAULT),
            "The request for " + name + " is gone"));
    dialog.open();
  }
}

package dev.argosy.console.invitation;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.argosy.console.layout.CopyButton;
import dev.argosy.console.session.ConsoleSession;

/** What to send to whoever is invited: the platform sends nothing itself. */
final class LinkDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  LinkDialog(ConsoleSession session, String email) {
    setHeaderTitle("Tell " + email);
    addClassName("form-dialog");
    String link = session.address(InvitationsView.PATH);
    Code text = new Code(link);
    text.addClassName("command");
    text.getElement().setAttribute("tabindex", "0");
    text.getElement().setAttribute("aria-label", "Link");
    Div form =
        new Div(
            new Paragraph(
                "No mail is sent. Send them this link; it is no secret, since only who logs in"
                    + " with that address can accept."),
            text);
    form.addClassName("form");
    add(form);
    CopyButton copy = new CopyButton("Copy", link);
    copy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    copy.setAutofocus(true);
    getFooter().add(new Button("Done", e -> close()), copy);
  }
}

package dev.argosy.console.token;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.argosy.console.layout.CopyButton;

/** Shows a new token, this one time; a stray click or key does not close it. */
final class TokenDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  TokenDialog(String name, String token) {
    setHeaderTitle("The token " + name);
    addClassName("form-dialog");
    setCloseOnEsc(false);
    setCloseOnOutsideClick(false);
    Code text = new Code(token);
    text.addClassNames("command", "secret");
    text.getElement().setAttribute("tabindex", "0");
    text.getElement().setAttribute("aria-label", "Token");
    Div form = new Div(new Paragraph("Copy it now. It is not shown again."), text);
    form.addClassName("form");
    add(form);
    Button done = new Button("Done", e -> close());
    CopyButton copy = new CopyButton("Copy", token);
    copy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    copy.setAutofocus(true);
    getFooter().add(done, copy);
  }
}

package dev.argosy.console.program;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.argosy.console.layout.CopyButton;
import tools.jackson.databind.JsonNode;

/** Shows a new secret, this one time; a stray click or key does not close it. */
final class SecretDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  /**
   * @param status of the answer with the secret
   */
  SecretDialog(String name, JsonNode status) {
    setHeaderTitle("The secret of " + name);
    addClassName("form-dialog");
    setCloseOnEsc(false);
    setCloseOnOutsideClick(false);
    String secret = status.path("clientSecret").asString("");
    Div form =
        new Div(
            new Paragraph("Copy it now. It is not shown again, and the one of before has ended."),
            line("Token endpoint", status.path("tokenEndpoint").asString("")),
            line("Client id", status.path("clientId").asString("")),
            line("Client secret", secret));
    form.addClassName("form");
    add(form);
    CopyButton copy = new CopyButton("Copy the secret", secret);
    copy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    copy.setAutofocus(true);
    getFooter().add(new Button("Done", e -> close()), copy);
  }

  private static Div line(String label, String value) {
    Code text = new Code(value);
    text.addClassNames("command", "secret");
    text.getElement().setAttribute("tabindex", "0");
    text.getElement().setAttribute("aria-label", label);
    return new Div(new Paragraph(label), text);
  }
}

package dev.argosy.console.request;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiClient;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Asks what whoever asked for a tenant is told, and decides. */
final class DecideDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 1024;

  private final transient ApiClient api;
  private final transient RequestRow row;
  private final Decision decision;
  private final TextField message = new TextField("Message");

  DecideDialog(ApiClient api, RequestRow row, Decision decision) {
    super(decision.verb() + " the request for " + row.wanted().name() + "?", decision.verb());
    this.api = api;
    this.row = row;
    this.decision = decision;
    message.setMaxLength(LONGEST);
    message.setAutofocus(true);
    if (decision == Decision.DENIED) {
      dangerous();
      message.setRequired(true);
      message.setHelperText("Why, for " + row.asker());
      ask(message);
    } else {
      message.setHelperText("For " + row.asker() + "; may be left empty");
      ask(new Paragraph(consequence(row)), message);
    }
  }

  private static String consequence(RequestRow row) {
    RequestRow.Wanted wanted = row.wanted();
    String where = wanted.parent().isEmpty() ? "" : " below “" + wanted.parent() + "”";
    String from =
        wanted.template().isEmpty() ? "" : " from the template “" + wanted.template() + "”";
    return "The tenant “"
        + wanted.name()
        + "” is made"
        + where
        + from
        + ", and "
        + row.asker()
        + " administers it.";
  }

  @Override
  protected void submit() {
    String text = message.getValue().strip();
    if (decision == Decision.DENIED && text.isEmpty()) {
      message.setErrorMessage("Say why it is denied");
      message.setInvalid(true);
      return;
    }
    ObjectNode body = Resources.tenancy("TenantDecision");
    ObjectNode spec = body.putObject("spec").put("decision", decision.word());
    if (!text.isEmpty()) {
      spec.put("message", text);
    }
    finish(
        api.post(row.key(), "approval", body),
        "The request for "
            + row.wanted().name()
            + " is "
            + decision.word().toLowerCase(Locale.ROOT));
  }
}

package dev.argosy.console.token;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.EndField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Asks what a token is for and what it may do, makes it, and shows it. */
final class NewTokenDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final Duration PROPOSED = Duration.ofDays(30);

  private final transient ConsoleSession session;
  private final String tenant;
  private final TextField name = new TextField("Name");
  private final TextField description = new TextField("What it is for");
  private final EndField until;
  private final Checkbox readOnly = new Checkbox("It may only read");
  private final Select<String> role = new Select<>();
  private final TextField account = new TextField("Service account");

  NewTokenDialog(ConsoleSession session, String tenant) {
    super("New access token", "Make it");
    this.session = session;
    this.tenant = tenant;
    until = new EndField("Until the end of", session.clock());
    until.setHelperText("UTC");
    until.setRequired(true);
    until.propose(PROPOSED);
    name.setRequired(true);
    name.setAutofocus(true);
    role.setLabel("No more than");
    role.setItems("viewer", "member", "admin");
    role.setEmptySelectionAllowed(true);
    role.setEmptySelectionCaption("what its subject may");
    account.setHelperText("NAMESPACE/NAME; if empty, it acts as you");
    ask(name, description, until, readOnly, role, account);
  }

  @Override
  protected void submit() {
    name.setErrorMessage("Give it a name");
    name.setInvalid(name.getValue().isBlank());
    Optional<Instant> end = until.end();
    boolean ends = until.check() && end.isPresent();
    until.setInvalid(!ends);
    if (name.isInvalid() || !ends) {
      return;
    }
    String wanted = name.getValue().strip();
    ApiResult<ApiObject> made =
        session
            .api()
            .create(
                ResourceScope.cluster(Resources.TOKENS, tenant), token(wanted, end.orElseThrow()));
    if (finish(made, "The token " + wanted + " is made")
        && made instanceof ApiResult.Ok<ApiObject>(ApiObject object)) {
      new TokenDialog(wanted, object.tree().path("status").path("token").asString("")).open();
    }
  }

  private ObjectNode token(String wanted, Instant end) {
    ObjectNode token = Json.object();
    token.put("apiVersion", "access.argosy.dev/v1").put("kind", "AccessToken");
    token.putObject("metadata").put("name", wanted);
    ObjectNode spec = token.putObject("spec").put("expiresAt", end.toString());
    if (!description.getValue().isBlank()) {
      spec.put("description", description.getValue().strip());
    }
    if (!account.getValue().isBlank()) {
      spec.putObject("subject")
          .put("kind", "ServiceAccount")
          .put("name", account.getValue().strip());
    }
    if (readOnly.getValue()) {
      spec.withObject("scope").put("readOnly", true);
    }
    if (role.getValue() != null && !role.getValue().isEmpty()) {
      spec.withObject("scope").put("role", role.getValue());
    }
    return token;
  }
}

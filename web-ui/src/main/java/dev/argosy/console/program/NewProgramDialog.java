package dev.argosy.console.program;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.EndField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Asks what a program is called and what it may do, and makes a service client for it. */
final class NewProgramDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final String tenant;
  private final TextField name = new TextField("Name");
  private final TextField description = new TextField("What it is for");
  private final ComboBox<String> role = new ComboBox<>("Role");
  private final EndField until;

  NewProgramDialog(ConsoleSession session, String tenant, List<String> roles) {
    super("New service client", "Make it");
    this.session = session;
    this.tenant = tenant;
    until = new EndField("Until the end of", session.clock());
    until.setHelperText("UTC; without a day it lasts");
    name.setRequired(true);
    name.setAutofocus(true);
    name.setPrefixComponent(new Span(tenant + "."));
    role.setItems(roles);
    role.setValue(roles.getFirst());
    role.setRequired(true);
    role.setAllowCustomValue(true);
    role.addCustomValueSetListener(typed -> role.setValue(typed.getDetail()));
    ask(name, description, role, until);
  }

  @Override
  protected void submit() {
    name.setErrorMessage("Give it a name");
    name.setInvalid(name.getValue().isBlank());
    role.setErrorMessage("Say which role");
    role.setInvalid(role.isEmpty());
    boolean ends = until.check();
    if (name.isInvalid() || role.isInvalid() || !ends) {
      return;
    }
    String wanted = tenant + "." + name.getValue().strip();
    ObjectNode program = Resources.tenancy("ServiceClient");
    program.putObject("metadata").put("name", wanted);
    ObjectNode spec = program.putObject("spec").put("tenant", tenant);
    spec.put("role", role.getValue().strip());
    if (!description.getValue().isBlank()) {
      spec.put("description", description.getValue().strip());
    }
    until.end().ifPresent(end -> spec.put("expiresAt", end.toString()));
    finish(
        session.api().create(Resources.inRoot(Resources.SERVICE_CLIENTS), program),
        wanted + " is made; get its secret when it is ready");
  }
}

package dev.argosy.console.invitation;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.EndField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.access.MailAddress;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Asks who is invited to which role, and shows then what to send them. */
final class InviteDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final Duration USUAL = Duration.ofDays(7);

  private final transient ConsoleSession session;
  private final String tenant;
  private final TextField email = new TextField("E-mail address");
  private final ComboBox<String> role = new ComboBox<>("Role");
  private final EndField acceptBy;
  private final EndField until;

  InviteDialog(ConsoleSession session, String tenant, List<String> roles) {
    super("Invite a member", "Invite");
    this.session = session;
    this.tenant = tenant;
    acceptBy = new EndField("Can be accepted until the end of", session.clock());
    acceptBy.setHelperText("UTC; at most 90 days from now");
    acceptBy.propose(USUAL.minusDays(1));
    until = new EndField("Member until the end of", session.clock());
    until.setHelperText("UTC; without a day the role lasts");
    email.setRequired(true);
    email.setAutofocus(true);
    email.setHelperText("Whoever logs in with it, verified, can accept");
    role.setItems(roles);
    role.setValue(roles.getFirst());
    role.setRequired(true);
    role.setAllowCustomValue(true);
    role.addCustomValueSetListener(typed -> role.setValue(typed.getDetail()));
    ask(email, role, acceptBy, until);
  }

  @Override
  protected void submit() {
    String address = email.getValue().strip();
    boolean addressed = MailAddress.plausible(address);
    email.setErrorMessage("One e-mail address");
    email.setInvalid(!addressed);
    role.setErrorMessage("Say which role");
    role.setInvalid(role.isEmpty());
    boolean ends = acceptBy.check() & until.check();
    if (!addressed || role.isEmpty() || !ends) {
      return;
    }
    ObjectNode invitation = Resources.tenancy("Invitation");
    invitation.putObject("metadata").put("generateName", tenant + ".");
    ObjectNode spec = invitation.putObject("spec").put("tenant", tenant);
    spec.put("email", address).put("role", role.getValue().strip());
    acceptBy.end().ifPresent(end -> spec.put("acceptBy", end.toString()));
    until.end().ifPresent(end -> spec.put("expiresAt", end.toString()));
    boolean made =
        finish(
            session.api().create(Resources.inRoot(Resources.INVITATIONS), invitation),
            address + " is invited");
    if (made) {
      new LinkDialog(session, address).open();
    }
  }
}

package dev.argosy.console.access;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.EndField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks who has which role, until when; gives it, or changes one that is there. */
final class RoleDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final transient RolePlace place;
  private final transient @Nullable RoleRow row;
  private final Select<String> kind = new Select<>();
  private final TextField name = new TextField("Name");
  private final ComboBox<String> role = new ComboBox<>("Role");
  private final EndField until;
  private final TextField reason = new TextField("Reason");

  private RoleDialog(ConsoleSession session, RolePlace place, @Nullable RoleRow row, String title) {
    super(title, row == null ? "Add" : "Change");
    this.session = session;
    this.place = place;
    this.row = row;
    until = new EndField("Until the end of", session.clock());
    until.setHelperText("UTC; without a day it lasts");
    kind.setLabel("Who");
    kind.setItems(place.subjects());
    kind.setValue(place.subjects().getFirst());
    kind.addValueChangeListener(event -> name.setHelperText(help(event.getValue())));
    name.setRequired(true);
    name.setHelperText(help(kind.getValue()));
    role.setItems(place.choices(session));
    role.setValue(place.roles().getFirst());
    role.setRequired(true);
    role.setAllowCustomValue(true);
    role.addCustomValueSetListener(typed -> role.setValue(typed.getDetail()));
    reason.setHelperText("Why, for people");
    reason.setVisible(place.ofPlatform());
    ask(kind, name, role, until, reason);
  }

  static RoleDialog add(ConsoleSession session, RolePlace place) {
    String title = place.ofPlatform() ? "Give a role on the platform" : "Add a member";
    RoleDialog dialog = new RoleDialog(session, place, null, title);
    dialog.name.setAutofocus(true);
    return dialog;
  }

  static RoleDialog change(ConsoleSession session, RolePlace place, RoleRow row) {
    RoleDialog dialog =
        new RoleDialog(session, place, row, "Change the role of " + row.subject().name());
    dialog.kind.setVisible(false);
    dialog.name.setVisible(false);
    dialog.name.setValue(row.subject().name());
    dialog.role.setValue(row.role());
    dialog.role.setAutofocus(true);
    dialog.until.showEnd(row.until());
    dialog.reason.setValue(row.reason());
    return dialog;
  }

  private static String help(@Nullable String kind) {
    return switch (kind == null ? "" : kind) {
      case "Group" -> "As the identity provider calls the group";
      case "ServiceAccount" -> "NAMESPACE/NAME in this tenant";
      default -> "As the identity provider calls the user";
    };
  }

  @Override
  protected void submit() {
    boolean named = !name.isEmpty();
    name.setInvalid(!named);
    role.setInvalid(role.isEmpty());
    if (!named || role.isEmpty() || !until.check()) {
      name.setErrorMessage("Say who");
      role.setErrorMessage("Say which role");
      return;
    }
    String who = name.getValue().strip();
    if (row == null) {
      ObjectNode object = place.empty();
      ObjectNode spec = object.withObject("spec");
      spec.putObject("subject").put("kind", kind.getValue()).put("name", who);
      fill(spec);
      finish(session.api().create(place.scope(), object), who + " has the role " + role.getValue());
    } else {
      ObjectNode change = Json.object();
      fill(change.putObject("spec").putNull("expiresAt").putNull("reason"));
      if (!place.ofPlatform()) {
        change.withObject("spec").remove("reason");
      }
      finish(
          session.api().patch(row.key(), "", Patch.merge(change)),
          who + " has the role " + role.getValue() + " now");
    }
  }

  private void fill(ObjectNode spec) {
    spec.put("role", role.getValue().strip());
    until.end().ifPresent(end -> spec.put("expiresAt", end.toString()));
    if (!reason.isEmpty()) {
      spec.put("reason", reason.getValue().strip());
    }
  }
}

package dev.argosy.console.tenant;

import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Asks what people shall call a tenant. */
final class RenameDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient ApiClient api;
  private final transient TenantRow row;
  private final TextField displayName = new TextField("Display name");

  RenameDialog(ApiClient api, TenantRow row) {
    super("Rename " + row.key().name(), "Rename");
    this.api = api;
    this.row = row;
    displayName.setValue(row.displayName());
    displayName.setAutofocus(true);
    displayName.setAutoselect(true);
    displayName.setHelperText(
        "What people call it. The name of its cluster, “" + row.key().name() + "”, stays.");
    ask(displayName);
  }

  @Override
  protected void submit() {
    String wanted = displayName.getValue().strip();
    ObjectNode change = Json.object();
    if (wanted.isEmpty()) {
      change.putObject("spec").putNull("displayName");
    } else {
      change.putObject("spec").put("displayName", wanted);
    }
    String name = row.key().name();
    finish(
        api.patch(row.key(), "", Patch.merge(change)),
        wanted.isEmpty()
            ? name + " has no display name any more"
            : name + " is called “" + wanted + "” now");
  }
}

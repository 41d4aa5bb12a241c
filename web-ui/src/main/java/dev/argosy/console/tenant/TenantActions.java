package dev.argosy.console.tenant;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import dev.argosy.console.layout.Notices;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** What can be done to a tenant; the buttons stay while its row changes. */
final class TenantActions extends Div {

  private static final long serialVersionUID = 1L;

  private final transient ApiClient api;
  private final Button suspend = button("Suspend", this::askToSuspend);
  private final Button resume = button("Resume", () -> suspend(false, " is being resumed"));
  private final Button restore = button("Restore", this::restore);
  private TenantRow row;

  TenantActions(ApiClient api, TenantRow row) {
    this.api = api;
    this.row = row;
    add(suspend, resume, restore);
    become(row);
  }

  /** The same buttons, for what the row is now. */
  static Component of(Component actions, TenantRow now) {
    ((TenantActions) actions).become(now);
    return actions;
  }

  private void become(TenantRow now) {
    row = now;
    suspend.setVisible(!row.ends() && !row.suspended());
    resume.setVisible(!row.ends() && row.suspended());
    restore.setVisible(row.kept());
    for (Button button : new Button[] {suspend, resume, restore}) {
      button.setAriaLabel(button.getText() + " " + row.key().name());
    }
  }

  private static Button button(String text, Runnable action) {
    Button button = new Button(text, e -> action.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void askToSuspend() {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Suspend " + row.key().name() + "?");
    dialog.setText(
        "Everything that runs in it, and in the tenants below it, stops, and its cluster can only be "
            + "read. Objects and volumes stay; what ran begins again when it is resumed.");
    dialog.setCancelable(true);
    dialog.setConfirmText("Suspend");
    dialog.addConfirmListener(e -> suspend(true, " is being suspended"));
    dialog.open();
  }

  private void suspend(boolean suspended, String done) {
    ObjectNode change = Json.object();
    change.putObject("spec").put("suspended", suspended);
    Notices.report(api.patch(row.key(), "", Patch.merge(change)), row.key().name() + done);
  }

  private void restore() {
    ObjectNode body = Json.object();
    body.put("apiVersion", "tenancy.argosy.dev/v1").put("kind", "TenantRestore");
    Notices.report(
        api.post(row.key(), "restore", body), row.key().name() + " is not deleted any more");
  }
}

package dev.argosy.console.tenant;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Permission;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** What can be done to tenants that are there, and whether the user may. */
final class TenantCommands {

  private final ConsoleSession session;
  private final Permission change;
  private final Permission restore;
  private final Permission delete;

  /**
   * @param tenant the name of one; empty if it is about all of them
   */
  TenantCommands(ConsoleSession session, String tenant) {
    this.session = session;
    ResourceScope tenants = Resources.inRoot(Resources.TENANTS);
    change = session.rights().may("patch", tenants, tenant, "");
    restore = session.rights().may("create", tenants, tenant, "restore");
    delete = session.rights().may("delete", tenants, tenant, "");
  }

  Permission mayChange() {
    return change;
  }

  Permission mayRestore() {
    return restore;
  }

  Permission mayDelete() {
    return delete;
  }

  void askToSuspend(TenantRow row) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Suspend " + row.key().name() + "?");
    dialog.setText(
        "Everything that runs in it, and in the tenants below it, stops, and its cluster can only be "
            + "read. Objects and volumes stay; what ran begins again when it is resumed.");
    dialog.setCancelable(true);
    dialog.setConfirmText("Suspend");
    dialog.addConfirmListener(e -> suspend(row, true, " is being suspended"));
    dialog.open();
  }

  void resume(TenantRow row) {
    suspend(row, false, " is being resumed");
  }

  private void suspend(TenantRow row, boolean suspended, String done) {
    ObjectNode change = Json.object();
    change.putObject("spec").put("suspended", suspended);
    Notices.report(
        session.api().patch(row.key(), "", Patch.merge(change)), row.key().name() + done);
  }

  void restore(TenantRow row) {
    Notices.report(
        session.api().post(row.key(), "restore", Resources.tenancy("TenantRestore")),
        row.key().name() + " is not deleted any more");
  }

  void askForName(TenantRow row) {
    new RenameDialog(session.api(), row).open();
  }

  void askForPodSecurity(TenantRow row) {
    new PodSecurityDialog(session.api(), row).open();
  }

  void askToDelete(TenantRow row) {
    new DeleteTenantDialog(session.api(), row).open();
  }
}

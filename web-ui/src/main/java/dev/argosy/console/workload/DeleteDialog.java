package dev.argosy.console.workload;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import dev.argosy.console.layout.Notices;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ObjectKey;

/** Asks before deleting an object. */
public final class DeleteDialog {

  private DeleteDialog() {}

  public static void open(ApiClient api, ObjectKey key) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Delete " + key.name() + "?");
    dialog.setText(
        "The object and everything that it owns in "
            + (key.namespace().isEmpty() ? key.cluster() : key.namespace())
            + " will be deleted. This cannot be undone.");
    dialog.setCancelable(true);
    dialog.setConfirmText("Delete");
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(e ->
        Notices.report(api.delete(key, DeleteOptions.DEFAULT), key.name() + " is being deleted"));
    dialog.open();
  }
}

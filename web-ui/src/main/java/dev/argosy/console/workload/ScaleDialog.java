package dev.argosy.console.workload;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.argosy.console.layout.Notices;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Asks how many replicas a Deployment shall have. */
final class ScaleDialog extends Dialog {

  private static final long serialVersionUID = 1L;
  private static final int MOST = 10_000;

  ScaleDialog(ApiClient api, DeploymentRow row) {
    String name = row.key().name();
    setHeaderTitle("Scale " + name);
    IntegerField replicas = new IntegerField("Replicas");
    replicas.setValue(row.desired());
    replicas.setMin(0);
    replicas.setMax(MOST);
    replicas.setStepButtonsVisible(true);
    replicas.setAutofocus(true);
    replicas.setErrorMessage("A whole number from 0 to " + MOST);
    add(replicas);
    Button cancel = new Button("Cancel", e -> close());
    Button scale =
        new Button(
            "Scale",
            e -> {
              if (replicas.getValue() == null || replicas.isInvalid()) {
                replicas.setInvalid(true);
                return;
              }
              if (Notices.report(
                  api.patch(row.key(), "", Patch.merge(change(replicas.getValue()))),
                  name + " is being scaled to " + replicas.getValue())) {
                close();
              }
            });
    scale.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    scale.addClickShortcut(com.vaadin.flow.component.Key.ENTER);
    getFooter().add(cancel, scale);
  }

  private static ObjectNode change(int replicas) {
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("replicas", replicas);
    return patch;
  }
}

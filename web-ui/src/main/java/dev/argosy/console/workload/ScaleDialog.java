package dev.argosy.console.workload;

import com.vaadin.flow.component.textfield.IntegerField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Asks how many replicas a Deployment shall have. */
final class ScaleDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final int MOST = 10_000;

  private final transient ApiClient api;
  private final transient DeploymentRow row;
  private final IntegerField replicas = new IntegerField("Replicas");

  ScaleDialog(ApiClient api, DeploymentRow row) {
    super("Scale " + row.key().name(), "Scale");
    this.api = api;
    this.row = row;
    replicas.setValue(row.desired());
    replicas.setMin(0);
    replicas.setMax(MOST);
    replicas.setStepButtonsVisible(true);
    replicas.setAutofocus(true);
    replicas.setErrorMessage("A whole number from 0 to " + MOST);
    ask(replicas);
  }

  @Override
  protected void submit() {
    Integer wanted = replicas.getValue();
    if (wanted == null || replicas.isInvalid()) {
      replicas.setInvalid(true);
      return;
    }
    ObjectNode change = Json.object();
    change.putObject("spec").put("replicas", wanted);
    finish(
        api.patch(row.key(), "", Patch.merge(change)),
        row.key().name() + " is being scaled to " + wanted);
  }
}

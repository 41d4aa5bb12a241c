package dev.argosy.console.tenant;

import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Asks how much the pods of a tenant may do at the most. */
final class PodSecurityDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient ApiClient api;
  private final transient TenantRow row;
  private final PodLevelField level = new PodLevelField();
  private final TextField version = new TextField("As of");

  PodSecurityDialog(ApiClient api, TenantRow row) {
    super("Pod security of " + row.key().name(), "Change");
    this.api = api;
    this.row = row;
    if (!row.podBound().level().isEmpty()) {
      level.setValue(row.podBound().level());
    }
    version.setValue(row.podBound().version());
    version.setPlaceholder("latest");
    version.setHelperText("A version of Kubernetes, such as v1.34. Pods that are there go on");
    ask(level, version);
  }

  @Override
  protected void submit() {
    boolean chosen = !level.level().isEmpty();
    level.setInvalid(!chosen);
    if (!chosen) {
      level.setErrorMessage("Choose one");
      return;
    }
    ObjectNode change = Json.object();
    new PodBound(level.level(), version.getValue().strip()).into(change.putObject("spec"));
    String name = row.key().name();
    finish(
        api.patch(row.key(), "", Patch.merge(change)),
        "Pods of " + name + " may be " + level.level() + " at the most");
  }
}

package dev.argosy.console.tenant;

import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiClient;
import tools.jackson.databind.node.ObjectNode;

/** Asks for a new tenant's name and first administrator, and makes both. */
final class CreateTenantDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient ApiClient api;
  private final TenantNameField name = new TenantNameField("Name");
  private final TextField displayName = new TextField("Display name");
  private final PodLevelField pods = new PodLevelField();
  private final TextField admin = new TextField("First administrator");

  CreateTenantDialog(ApiClient api) {
    super("New tenant", "Create");
    this.api = api;
    name.setAutofocus(true);
    displayName.setHelperText("What people call it; may be changed");
    admin.setHelperText("A user name; may be left empty");
    pods.otherwise("as the platform's setting says");
    ask(name, displayName, admin, pods);
  }

  @Override
  protected void submit() {
    if (!name.check()) {
      return;
    }
    String wanted = name.getValue().strip();
    String user = admin.getValue().strip();
    boolean made =
        finish(
            api.create(Resources.inRoot(Resources.TENANTS), tenant(wanted)),
            "Tenant " + wanted + " is being made");
    if (made && !user.isEmpty()) {
      Notices.report(
          api.create(Resources.inRoot(Resources.MEMBERS), member(wanted, user)),
          user + " administers " + wanted);
    }
  }

  private ObjectNode tenant(String wanted) {
    ObjectNode tenant = Resources.tenancy("Tenant");
    tenant.putObject("metadata").put("name", wanted);
    ObjectNode spec = tenant.putObject("spec");
    if (!displayName.getValue().isBlank()) {
      spec.put("displayName", displayName.getValue().strip());
    }
    if (!pods.level().isEmpty()) {
      new PodBound(pods.level(), "").into(spec);
    }
    return tenant;
  }

  private static ObjectNode member(String tenant, String user) {
    ObjectNode member = Resources.tenancy("Member");
    member.putObject("metadata").put("generateName", tenant + ".");
    ObjectNode spec = member.putObject("spec");
    spec.put("tenant", tenant).put("role", "admin");
    spec.putObject("subject").put("kind", "User").put("name", user);
    return member;
  }
}

package dev.argosy.console.tenant;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Asks for a new tenant's name and first administrator, and makes both. */
final class CreateTenantDialog extends Dialog {

  private static final long serialVersionUID = 1L;
  private static final String API_VERSION = "tenancy.argosy.dev/v1";
  private static final GroupResource MEMBERS = new GroupResource("tenancy.argosy.dev", "members");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private final transient ApiClient api;
  private final TextField name = new TextField("Name");
  private final TextField displayName = new TextField("Display name");
  private final TextField admin = new TextField("First administrator");
  private final Paragraph problem = new Paragraph();

  CreateTenantDialog(ApiClient api) {
    this.api = api;
    setHeaderTitle("New tenant");
    name.setRequired(true);
    name.setAutofocus(true);
    name.setHelperText("Names its cluster; cannot be changed later");
    name.setMaxLength(63);
    displayName.setHelperText("What people call it; may be changed");
    admin.setHelperText("A user name; may be left empty");
    problem.addClassName("trouble");
    problem.getElement().setAttribute("role", "alert");
    problem.setVisible(false);
    FormLayout form = new FormLayout(name, displayName, admin);
    form.setResponsiveSteps(new FormLayout.ResponsiveStep("0", 1));
    add(form, problem);
    Button create = new Button("Create", e -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    create.addClickShortcut(Key.ENTER);
    getFooter().add(new Button("Cancel", e -> close()), create);
  }

  private void create() {
    String wanted = name.getValue().strip();
    if (!NAME.matcher(wanted).matches()) {
      name.setErrorMessage(
          "Lower case letters, digits and “-”, beginning and ending with a letter or digit");
      name.setInvalid(true);
      return;
    }
    switch (api.create(scope(Resources.TENANTS), tenant(wanted))) {
      case ApiResult.Ok<ApiObject> made -> {
        addAdmin(wanted);
        close();
      }
      case ApiResult.Refused<ApiObject>(Status status) -> {
        problem.setText(status.message());
        problem.setVisible(true);
      }
    }
  }

  private void addAdmin(String tenant) {
    String user = admin.getValue().strip();
    if (user.isEmpty()) {
      Notices.done("Tenant " + tenant + " is being made");
      return;
    }
    Notices.report(
        api.create(scope(MEMBERS), member(tenant, user)),
        "Tenant " + tenant + " is being made; " + user + " administers it");
  }

  private static ResourceScope scope(GroupResource resource) {
    return ResourceScope.cluster(resource, Resources.ROOT);
  }

  private ObjectNode tenant(String wanted) {
    ObjectNode tenant = Json.object();
    tenant.put("apiVersion", API_VERSION).put("kind", "Tenant");
    tenant.putObject("metadata").put("name", wanted);
    ObjectNode spec = tenant.putObject("spec");
    if (!displayName.getValue().isBlank()) {
      spec.put("displayName", displayName.getValue().strip());
    }
    return tenant;
  }

  private static ObjectNode member(String tenant, String user) {
    ObjectNode member = Json.object();
    member.put("apiVersion", API_VERSION).put("kind", "Member");
    member.putObject("metadata").put("generateName", tenant + "-");
    ObjectNode spec = member.putObject("spec");
    spec.put("tenant", tenant).put("role", "admin");
    spec.putObject("subject").put("kind", "User").put("name", user);
    return member;
  }
}

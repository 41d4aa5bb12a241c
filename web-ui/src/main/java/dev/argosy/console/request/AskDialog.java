package dev.argosy.console.request;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.console.session.TenantDirectory.TenantChoice;
import dev.argosy.console.tenant.TenantNameField;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks for a tenant. */
final class AskDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final TenantNameField name = new TenantNameField("Name");
  private final TextField displayName = new TextField("Display name");
  private final ComboBox<String> parent = new ComboBox<>("Below");
  private final ComboBox<String> template = new ComboBox<>("Template");
  private final TextField reason = new TextField("Reason");

  AskDialog(ConsoleSession session) {
    super("Ask for a tenant", "Ask");
    this.session = session;
    name.setAutofocus(true);
    displayName.setHelperText("What people call it; may be changed");
    choices(parent, session.tenants().stream().map(TenantChoice::name).toList());
    parent.setHelperText("A tenant whose administrators may decide; may be left empty");
    choices(template, templates(session));
    template.setHelperText("What it begins with; may be left empty");
    reason.setHelperText("For whoever decides");
    ask(name, displayName, parent, template, reason);
  }

  /** Names that the user cannot see can be typed. */
  private static void choices(ComboBox<String> field, List<String> names) {
    field.setItems(names);
    field.setAllowCustomValue(true);
    field.addCustomValueSetListener(typed -> field.setValue(typed.getDetail()));
    field.setClearButtonVisible(true);
  }

  private static List<String> templates(ConsoleSession session) {
    return switch (session
        .api()
        .list(Resources.inRoot(Resources.TEMPLATES), ListOptions.EVERYTHING)) {
      case ApiResult.Ok<ObjectList>(ObjectList list) ->
          list.items().stream().map(ApiObject::name).toList();
      case ApiResult.Refused<ObjectList> unseen -> List.of();
    };
  }

  @Override
  protected void submit() {
    if (!name.check()) {
      return;
    }
    String wanted = name.getValue().strip();
    ObjectNode request = Resources.tenancy("TenantRequest");
    request.putObject("metadata").put("generateName", wanted + "-");
    ObjectNode spec = request.putObject("spec").put("name", wanted);
    put(spec, "displayName", displayName.getValue());
    put(spec, "parent", parent.getValue());
    put(spec, "template", template.getValue());
    put(spec, "reason", reason.getValue());
    finish(
        session.api().create(Resources.inRoot(Resources.REQUESTS), request),
        "You asked for the tenant “" + wanted + "”");
  }

  private static void put(ObjectNode spec, String field, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      spec.put(field, value.strip());
    }
  }
}

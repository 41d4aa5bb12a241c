package dev.argosy.console.quota;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks what a tenant may cost in a month. */
final class BudgetDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}(\\.\\d{1,6})?");
  private static final Pattern PERCENT = Pattern.compile("\\d{1,4}");

  private final transient ApiClient api;
  private final transient ObjectKey key;
  private final boolean there;
  private final TextField monthly = new TextField("Each month");
  private final TextField alertAt = new TextField("Tell people at (percent)");
  private final Checkbox refuses = new Checkbox("Take nothing new once all is spent");

  BudgetDialog(ApiClient api, ObjectKey key, @Nullable BudgetRow row) {
    super("Budget of " + key.name(), "Save");
    this.api = api;
    this.key = key;
    there = row != null;
    monthly.setRequired(true);
    monthly.setAutofocus(true);
    monthly.setHelperText("In the currency of the price lists, such as 499.90");
    alertAt.setHelperText("With commas; may be left empty");
    alertAt.setValue("50, 80, 100");
    if (row != null) {
      monthly.setValue(row.monthly());
      alertAt.setValue(
          String.join(", ", row.alertAt().stream().sorted().map(String::valueOf).toList()));
      refuses.setValue(row.refuses());
    }
    ask(
        monthly,
        alertAt,
        refuses,
        new Paragraph(
            "What runs goes on in any case; only new workloads, claims and load balancers "
                + "are refused then."));
  }

  @Override
  protected void submit() {
    boolean amount = AMOUNT.matcher(monthly.getValue().strip()).matches();
    monthly.setErrorMessage("An amount, such as 500 or 499.90");
    monthly.setInvalid(!amount);
    List<String> percents = percents();
    boolean right = percents.stream().allMatch(percent -> PERCENT.matcher(percent).matches());
    alertAt.setErrorMessage("Whole numbers with commas, such as 50, 80, 100");
    alertAt.setInvalid(!right);
    if (!amount || !right) {
      return;
    }
    ObjectNode budget = there ? Json.object() : Resources.tenancy("TenantBudget");
    if (!there) {
      budget.putObject("metadata").put("name", key.name());
    }
    ObjectNode spec = budget.putObject("spec").put("monthly", monthly.getValue().strip());
    ArrayNode alerts = spec.putArray("alertAt");
    percents.forEach(percent -> alerts.add(Integer.parseInt(percent)));
    spec.put("whenSpent", refuses.getValue() ? "RefuseNew" : "Alert");
    finish(
        there
            ? api.patch(key, "", Patch.merge(budget))
            : api.create(Resources.inRoot(Resources.BUDGETS), budget),
        key.name() + " may cost " + monthly.getValue().strip() + " each month");
  }

  private List<String> percents() {
    Matcher words = Pattern.compile("[^,\\s]+").matcher(alertAt.getValue());
    return words.results().map(found -> found.group()).toList();
  }
}

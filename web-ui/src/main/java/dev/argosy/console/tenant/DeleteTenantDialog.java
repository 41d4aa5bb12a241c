package dev.argosy.console.tenant;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.textfield.TextField;
import dev.argosy.console.layout.FormDialog;
import dev.argosy.console.live.Moment;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks for the name of a tenant before it is deleted, and whether it is kept for a while. */
final class DeleteTenantDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient ApiClient api;
  private final transient TenantRow row;
  private final RadioButtonGroup<Keep> keep = new RadioButtonGroup<>("What becomes of it");
  private final TextField name = new TextField();

  private enum Keep {
    FOR_A_WHILE("Keep it for a while, suspended; it can be restored"),
    NOT("Erase it at once");

    private final String text;

    Keep(String text) {
      this.text = text;
    }
  }

  DeleteTenantDialog(ApiClient api, TenantRow row) {
    super("Delete " + row.key().name() + "?", "Delete");
    this.api = api;
    this.row = row;
    dangerous();
    keep.setItems(Keep.values());
    keep.setItemLabelGenerator(choice -> choice.text);
    keep.setValue(row.kept() ? Keep.NOT : Keep.FOR_A_WHILE);
    keep.setEnabled(!row.kept());
    keep.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    name.setLabel("Name of the tenant");
    name.setPlaceholder(row.key().name());
    name.setAutofocus(true);
    name.setRequired(true);
    ask(
        new Paragraph(
            "All that runs in it stops now. When it is erased, its cluster, its volumes and its "
                + "history are gone for ever. Type its name to confirm."),
        keep,
        name);
  }

  @Override
  protected void submit() {
    boolean same = name.getValue().strip().equals(row.key().name());
    name.setInvalid(!same);
    if (!same) {
      name.setErrorMessage("Type “" + row.key().name() + "”");
      return;
    }
    Long grace = keep.getValue() == Keep.NOT ? 0L : null;
    ApiResult<ApiObject> result =
        api.delete(row.key(), new DeleteOptions(grace, null, row.uid(), null));
    finish(result, row.key().name() + " " + outcome(result));
  }

  private static String outcome(ApiResult<ApiObject> result) {
    Instant end =
        result instanceof ApiResult.Ok<ApiObject>(ApiObject gone) ? keptUntil(gone) : null;
    return end == null
        ? "is being erased"
        : "stops now and is kept until " + Moment.of(end) + "; it can be restored until then";
  }

  private static @Nullable Instant keptUntil(ApiObject gone) {
    long grace = gone.tree().path("metadata").path("deletionGracePeriodSeconds").asLong(0);
    return grace > 0 ? gone.meta().deletionTimestamp() : null;
  }
}

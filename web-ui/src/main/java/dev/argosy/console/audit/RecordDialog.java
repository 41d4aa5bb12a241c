package dev.argosy.console.audit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Pre;
import dev.argosy.console.layout.CopyButton;
import dev.argosy.console.layout.Notices;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;

/** One audit record with all that was kept of it. */
final class RecordDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  private RecordDialog(ApiObject record) {
    setHeaderTitle(record.name());
    addClassName("document-dialog");
    String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(record.tree());
    Pre document = new Pre(text);
    document.addClassName("document");
    document.getElement().setAttribute("tabindex", "0");
    document.getElement().setAttribute("aria-label", "Audit record");
    add(document);
    Button close = new Button("Close", e -> close());
    close.setAutofocus(true);
    getFooter().add(new CopyButton("Copy", text), close);
  }

  static void open(ApiClient api, ObjectKey key) {
    switch (api.get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject record) -> new RecordDialog(record).open();
      case ApiResult.Refused<ApiObject>(Status status) -> Notices.refused(status);
    }
  }
}

package dev.argosy.console.quota;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import dev.argosy.console.chart.ChartPanel;
import dev.argosy.console.layout.Page;
import dev.argosy.console.layout.Troubled;
import dev.argosy.console.live.Asking;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was used of a tenant's quotas lately, day by day. */
final class HistoryPanel extends Div {

  private static final long serialVersionUID = 1L;

  private final Select<QuotaHistory.Line> choice = new Select<>();
  private final ChartPanel chart = new ChartPanel();
  private final Troubled troubled = new Troubled();
  private final Component nothing = Page.empty("Nothing was recorded yet.");
  private transient @Nullable QuotaHistory history;

  HistoryPanel(ConsoleSession session, String tenant) {
    addClassName("parts");
    choice.setAriaLabel("What the chart shows");
    choice.setItemLabelGenerator(QuotaHistory.Line::text);
    choice.addClassName("wide");
    choice.addValueChangeListener(event -> draw());
    choice.setVisible(false);
    nothing.setVisible(false);
    Div head = new Div(new H2("The tenant as a whole, in the last 30 days"), choice);
    head.addClassName("section-head");
    add(head, troubled, nothing, chart);
    ApiClient api = session.api();
    Instant now = session.clock().instant();
    Asking<QuotaHistory> asking = new Asking<>(this::show);
    addAttachListener(event -> {
      if (event.isInitialAttach()) {
        asking.ask(event.getUI(), () -> QuotaHistory.ask(api, tenant, now));
      }
    });
  }

  private void show(ApiResult<QuotaHistory> result) {
    switch (result) {
      case ApiResult.Ok<QuotaHistory>(QuotaHistory found) -> show(found);
      case ApiResult.Refused<QuotaHistory>(Status status) -> troubled.tell(status);
    }
  }

  private void show(QuotaHistory found) {
    history = found;
    List<QuotaHistory.Line> lines = found.lines();
    nothing.setVisible(lines.isEmpty());
    choice.setVisible(!lines.isEmpty());
    choice.setItems(lines);
    if (!lines.isEmpty()) {
      choice.setValue(lines.getFirst());
    }
  }

  private void draw() {
    QuotaHistory.Line line = choice.getValue();
    if (line != null && history != null) {
      chart.show(line.text() + ", used and allowed", history.chart(line));
    }
  }
}

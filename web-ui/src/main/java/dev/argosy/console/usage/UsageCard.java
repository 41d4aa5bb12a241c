package dev.argosy.console.usage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.argosy.console.chart.Figures;
import dev.argosy.console.layout.Troubled;
import dev.argosy.console.live.Asking;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.usage.Period.Choice;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What a tenant costs this month, or uses where nothing has a price, in two or three figures. */
public final class UsageCard extends Card {

  private static final long serialVersionUID = 1L;

  private final Div counts = new Div();
  private final Troubled troubled = new Troubled();

  public UsageCard(ConsoleSession session, String tenant) {
    setTitle(new Anchor("t/" + tenant + "/usage", "Usage and cost this month"));
    counts.addClassName("counts");
    counts.add(new Span("…"));
    add(troubled, counts);
    Instant now = session.clock().instant();
    ApiClient api = session.api();
    Asking<UsageReport> asking = new Asking<>(result -> show(result, now));
    addAttachListener(event -> {
      if (event.isInitialAttach()) {
        ask(asking, event.getUI(), api, tenant, now);
      }
    });
  }

  private static void ask(
      Asking<UsageReport> asking, UI ui, ApiClient api, String tenant, Instant now) {
    Period month = Period.of(Choice.THIS_MONTH, now);
    asking.ask(ui, () -> UsageReport.ask(api, tenant, Questions.overTime(month, "")));
  }

  private void show(ApiResult<UsageReport> result, Instant now) {
    counts.removeAll();
    switch (result) {
      case ApiResult.Ok<UsageReport>(UsageReport report) ->
          UsageAnswer.pace(report, now)
              .ifPresentOrElse(
                  pace -> show(pace, report.currency().orElse("")), () -> show(report));
      case ApiResult.Refused<UsageReport>(Status status) -> troubled.tell(status);
    }
  }

  private void show(Pace pace, String currency) {
    counts.add(count(Figures.of(pace.spent()), currency + " so far"));
    counts.add(
        count(
            pace.atMonthsEnd().map(Figures::of).orElse("–"),
            currency + " at the month's end, at this pace"));
  }

  private void show(UsageReport report) {
    counts.add(resource(report, "cpu"), resource(report, "memory"), resource(report, "storage"));
  }

  private static Component resource(UsageReport report, String resource) {
    Optional<UsageLine> sum =
        report.lines().stream()
            .filter(line -> line.resource().equals(resource))
            .reduce(UsageLine::plus);
    Unit unit = resource.equals("cpu") ? Unit.CORE_HOURS : Unit.GIB_HOURS;
    return count(
        Figures.of(sum.map(UsageLine::allocated).orElse(BigDecimal.ZERO)),
        ResourceName.of(resource) + ", " + unit.textFor(resource));
  }

  private static Component count(String figure, String words) {
    Span number = new Span(figure);
    number.addClassName("figure");
    Div count = new Div(number, new Span(words));
    count.addClassName("count");
    return count;
  }
}

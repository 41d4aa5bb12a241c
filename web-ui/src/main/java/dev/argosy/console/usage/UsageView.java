package dev.argosy.console.usage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.chart.Figures;
import dev.argosy.console.layout.Facts;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Asking;
import dev.argosy.console.live.Moment;
import dev.argosy.console.quota.BudgetPanel;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.console.usage.UsageAnswer.Asked;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a tenant was allocated and used, what that cost, and what its month will have cost. */
@Route("t/:tenant/usage")
@PageTitle("Usage and cost · Argosy")
public class UsageView extends TenantPage {

  private static final long serialVersionUID = 1L;

  private static final String RULE =
      "Own is what was allocated and used, times its price. Idle is the tenant's part of what nodes "
          + "had and nobody was allocated, Shared its part of what the platform itself is allocated: "
          + "of each resource in proportion to what was allocated of it in this time. Each bar of "
          + "the chart is divided on its own, so all bars may add up to slightly more or less.";

  private static final String FREE = "Nothing has a price here: the platform has no price lists.";

  private final ProgressBar busy = new ProgressBar();
  private final Facts facts = new Facts();
  private final Div found = new Div();
  private final ResourceGrid resources = new ResourceGrid();
  private final Paragraph rule = new Paragraph(FREE);
  private final GroupPanel groups = new GroupPanel(by -> ask(false));
  private final TimePanel time = new TimePanel();
  private final transient Asking<UsageAnswer> asking = new Asking<>(this::show);
  private transient Period period;
  private transient @Nullable UsageAnswer shown;
  private @Nullable BudgetPanel budget;

  public UsageView(ConsoleSession session) {
    super("Usage and cost", session);
    period = Period.of(Period.Choice.THIS_MONTH, session.clock().instant());
    busy.setIndeterminate(true);
    busy.getElement().setAttribute("aria-label", "Usage is being summed up");
    rule.addClassName("note");
    found.addClassName("parts");
    found.setVisible(false);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    List<Component> buttons =
        new ArrayList<>(List.of(new Export(session(), tenant(), this::exported).links()));
    buttons.add(new Button("Refresh", e -> ask(true)));
    actions(buttons.toArray(Component[]::new));
    PeriodPicker picker = new PeriodPicker(session().clock(), this::look);
    found.add(time, new H2("By resource"), resources, rule, groups);
    add(picker, busy, facts);
    if (session().rights().may("get", Resources.inRoot(Resources.BUDGETS, tenant())).allowed()) {
      budget = new BudgetPanel(session(), tenant());
      add(budget);
    }
    add(found);
    ask(true);
  }

  private void look(Period other) {
    period = other;
    ask(true);
  }

  /**
   * Asks for what is chosen.
   *
   * @param anew whether for all of it; otherwise only for how it is told apart
   */
  private void ask(boolean anew) {
    busy.setVisible(true);
    Asked asked = new Asked(period, groups.chosen());
    Optional<UsageAnswer> known = anew ? Optional.empty() : Optional.ofNullable(shown);
    ApiClient api = session().api();
    String cluster = tenant();
    Instant now = session().clock().instant();
    asking.ask(
        UI.getCurrent(),
        () -> UsageAnswer.to(asked, query -> UsageReport.ask(api, cluster, query), known, now));
  }

  private void show(ApiResult<UsageAnswer> result) {
    busy.setVisible(false);
    switch (result) {
      case ApiResult.Ok<UsageAnswer>(UsageAnswer answer) -> {
        trouble(Optional.empty());
        show(answer);
      }
      case ApiResult.Refused<UsageAnswer>(Status status) -> {
        // what is on the page is not what was asked for
        shown = null;
        facts.removeAll();
        found.setVisible(false);
        trouble(Optional.of(status));
      }
    }
  }

  private void show(UsageAnswer answer) {
    shown = answer;
    UsageReport inAll = answer.inAll();
    found.setVisible(true);
    facts.show(Facts.fact("Time", answer.asked().period().text()));
    facts.add(Facts.fact("Counted until", Moment.of(inAll.countedUntil())));
    inAll
        .currency()
        .ifPresent(
            currency -> facts.add(Facts.fact("Cost", Figures.money(currency, inAll.totalCost()))));
    rule.setText(inAll.currency().isPresent() ? RULE : FREE);
    time.show(answer.overTime(), answer.asked().period());
    resources.show(inAll);
    groups.show(inAll);
    forecast(answer);
  }

  private void forecast(UsageAnswer answer) {
    Optional<Pace> pace = answer.pace();
    String currency = answer.month().currency().orElse("");
    pace.ifPresent(now -> facts.add(MonthFacts.of(now, currency)));
    BudgetPanel panel = budget;
    if (panel != null) {
      panel.outlook(
          amount -> pace.map(now -> MonthFacts.of(now, currency, amount)).orElse(List.of()));
    }
  }

  private Export.Question exported() {
    Period of = period;
    return new Export.Question(
        Questions.overTime(of, groups.chosen().by()), "usage-" + tenant() + "-" + of.inFileName());
  }
}

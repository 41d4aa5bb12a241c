package dev.argosy.console.usage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.chart.Figures;
import dev.argosy.console.layout.Facts;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Page;
import dev.argosy.console.live.Asking;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.console.session.TenantDirectory.TenantChoice;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What all tenants were allocated, used and cost; the dearest first. */
@Route("platform/usage")
@PageTitle("Usage of all tenants · Argosy")
public class PlatformUsageView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final ProgressBar busy = new ProgressBar();
  private final Facts facts = new Facts();
  private final LiveGrid<GroupRow> grid =
      new LiveGrid<>(GroupRow::group, "Nothing was allocated or used in this time.");
  private final transient GroupColumns columns;
  private final transient Asking<PlatformUsage> asking = new Asking<>(this::show);
  private final transient Map<String, String> names;
  private transient Period period;

  public PlatformUsageView(ConsoleSession session) {
    super("Usage of all tenants");
    this.session = session;
    names =
        session.tenants().stream()
            .collect(
                Collectors.toMap(TenantChoice::name, TenantChoice::displayName, (one, two) -> one));
    period = Period.of(Period.Choice.THIS_MONTH, session.clock().instant());
    busy.setIndeterminate(true);
    busy.getElement().setAttribute("aria-label", "Usage is being summed up");
    grid.linkColumn("Tenant", GroupRow::group, row -> pathOf(row.group()));
    grid.wideColumn("Display name", 2, row -> nameOf(row.group()));
    columns = new GroupColumns(grid);
    grid.setVisible(false);
    List<Component> parts =
        new ArrayList<>(List.of(new Export(session, Resources.ROOT, this::exported).links()));
    parts.addFirst(grid.filterField());
    actions(parts.toArray(Component[]::new));
    add(new PeriodPicker(session.clock(), this::look), busy, facts, grid);
  }

  private static String pathOf(String tenant) {
    return tenant.equals(Resources.ROOT) ? "platform/usage" : "t/" + tenant + "/usage";
  }

  private String nameOf(String tenant) {
    return tenant.equals(Resources.ROOT)
        ? "(the platform itself)"
        : names.getOrDefault(tenant, "(there is none of that name any more)");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    ask();
  }

  private void look(Period other) {
    period = other;
    ask();
  }

  private void ask() {
    busy.setVisible(true);
    Period of = period;
    ApiClient api = session.api();
    asking.ask(
        UI.getCurrent(),
        () -> PlatformUsage.in(of, query -> UsageReport.ask(api, Resources.ROOT, query)));
  }

  private void show(ApiResult<PlatformUsage> result) {
    busy.setVisible(false);
    facts.removeAll();
    switch (result) {
      case ApiResult.Ok<PlatformUsage>(PlatformUsage usage) -> {
        trouble(Optional.empty());
        grid.setVisible(true);
        show(usage);
      }
      case ApiResult.Refused<PlatformUsage>(Status status) -> {
        grid.setVisible(false);
        trouble(Optional.of(status));
      }
    }
  }

  private void show(PlatformUsage usage) {
    facts.show(Facts.fact("Time", usage.period().text()));
    facts.add(Facts.fact("Counted until", Moment.of(usage.report().countedUntil())));
    usage
        .currency()
        .ifPresent(currency ->
            facts.add(Facts.fact("Cost", Figures.money(currency, usage.cost().total()))));
    columns.show(usage.rows(), usage.currency());
  }

  private Export.Question exported() {
    return new Export.Question(
        Questions.inAll(period, "tenant"), "usage-of-all-tenants-" + period.inFileName());
  }
}

package dev.argosy.console.quota;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.ShareBar;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.layout.Troubled;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ResourceScope;
import java.util.List;

/** What bounds a tenant, and how much of it is used: as a whole, and in each namespace. */
@Route("t/:tenant/quotas")
@PageTitle("Quotas · Argosy")
public class QuotasView extends TenantPage {

  private static final long serialVersionUID = 1L;

  public QuotasView(ConsoleSession session) {
    super("Quotas", session);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    add(new BudgetPanel(session(), tenant()));
    section(
        "The tenant as a whole",
        "No quota bounds the tenant as a whole.",
        false,
        Resources.inRoot(Resources.TENANT_QUOTAS),
        "spec.tenant=" + tenant());
    if (session().rights().mayGet(tenant(), QuotaHistory.PATH).allowed()) {
      add(new HistoryPanel(session(), tenant()));
    }
    section(
        "Namespaces",
        "No resource quotas in the namespaces.",
        true,
        all(Resources.RESOURCE_QUOTAS),
        "");
  }

  private void section(
      String title, String emptyText, boolean namespaces, ResourceScope scope, String selector) {
    LiveGrid<QuotaRow> grid = new LiveGrid<>(QuotaRow::id, emptyText);
    if (namespaces) {
      grid.wideColumn("Namespace", 1, row -> row.quota().namespace());
    }
    grid.wideColumn("Quota", 1, row -> row.quota().name());
    grid.wideColumn("Resource", 2, QuotaRow::resource);
    grid.wideColumn("Used", 1, QuotaRow::text);
    grid.addComponentColumn(row -> new ShareBar(row.share()))
        .setHeader("Share")
        .setSortable(true)
        .setComparator(QuotaRow::share)
        .setFlexGrow(2);
    grid.fitRows();
    Troubled troubled = new Troubled();
    add(new H2(title), troubled, grid);
    LiveObjects.bind(
        grid,
        session().api(),
        scope,
        selector,
        QuotaRow::of,
        troubled.with(rows -> grid.show(flat(rows))));
  }

  private static List<QuotaRow> flat(List<List<QuotaRow>> quotas) {
    return quotas.stream().flatMap(List::stream).toList();
  }
}

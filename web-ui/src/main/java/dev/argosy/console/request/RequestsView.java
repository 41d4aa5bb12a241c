package dev.argosy.console.request;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Page;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import java.util.Comparator;
import java.util.List;

/**
 * Requests for tenants: one's own, and those that one may decide. The newest come first, those that
 * wait before all others.
 */
@Route("requests")
@PageTitle("Tenant requests · Argosy")
public class RequestsView extends Page implements LiveObjects.View<RequestRow> {

  private static final long serialVersionUID = 1L;

  private final LiveGrid<RequestRow> grid =
      new LiveGrid<>(
          RequestRow::key,
          "No requests. Ask for a tenant, and follow here what becomes of it; requests that you may"
              + " decide are shown here, too.");

  public RequestsView(ConsoleSession session) {
    super("Tenant requests");
    grid.wideColumn("Tenant", 2, row -> row.wanted().name());
    grid.badgeColumn("State", row -> row.state().health(), row -> row.state().word());
    grid.wideColumn("Asked by", 2, RequestRow::asker);
    grid.wideColumn("Parent", 1, row -> row.wanted().parent());
    grid.wideColumn("Reason", 3, row -> row.wanted().reason());
    grid.wideColumn("Answer", 3, RequestRow::answer);
    grid.column("Age", row -> Age.of(row.created(), session.clock()))
        .setTextAlign(ColumnTextAlign.END);
    grid.addColumn(
            new ComponentRenderer<Component, RequestRow>(
                row -> new RequestActions(session, row), RequestActions::of))
        .setAutoWidth(true)
        .setFlexGrow(0);
    add(grid);
    Button ask =
        new Button(
            "Ask for a tenant", VaadinIcon.PLUS.create(), e -> new AskDialog(session).open());
    ask.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    actions(grid.filterField(), ask);
    LiveObjects.bind(
        this, session.api(), Resources.inRoot(Resources.REQUESTS), "", RequestRow::of, this);
  }

  @Override
  public void show(List<RequestRow> rows) {
    grid.show(
        rows.stream()
            .sorted(
                Comparator.comparing(RequestRow::waits)
                    .reversed()
                    .thenComparing(
                        RequestRow::created, Comparator.nullsLast(Comparator.reverseOrder())))
            .toList());
  }
}

package dev.argosy.console.history;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.layout.PagedGrid;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Permission;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import tools.jackson.databind.node.ObjectNode;

/** What one object was, who changed it, and how to get it back. */
@Route("t/:tenant/history/:group/:resource/:namespace/:name")
@PageTitle("History · Argosy")
public class HistoryView extends TenantPage {

  private static final long serialVersionUID = 1L;

  /** Stands in addresses for the core group, and for no namespace. */
  private static final String NONE = "-";

  public HistoryView(ConsoleSession session) {
    super("History", session);
  }

  /** Where the history of an object is shown. */
  public static String path(ObjectKey key) {
    return String.join(
        "/",
        "t",
        key.cluster(),
        "history",
        key.resource().group().isEmpty() ? NONE : key.resource().group(),
        key.resource().resource(),
        key.namespace().isEmpty() ? NONE : key.namespace(),
        key.name());
  }

  private ObjectKey key(RouteParameters given) {
    return new ObjectKey(
        new GroupResource(given(given, "group"), given.get("resource").orElseThrow()),
        tenant(),
        given(given, "namespace"),
        given.get("name").orElseThrow());
  }

  private static String given(RouteParameters parameters, String name) {
    String value = parameters.get(name).orElseThrow();
    return value.equals(NONE) ? "" : value;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    ObjectKey key = key(event.getRouteParameters());
    retitle("History of " + key.name());
    Histories histories = new Histories(session().api(), tenant());
    LiveGrid<RevisionRow> grid =
        new LiveGrid<>(RevisionRow::key, "Nothing is known of what it was.");
    PagedGrid<RevisionRow> revisions =
        new PagedGrid<>(session().api(), histories.revisions(), RevisionRow::of, grid);
    Runnable again = () -> revisions.search(Histories.selector(key));
    Permission mayRestore = session().rights().may("update", key);
    grid.column("At", row -> Moment.exact(row.at()));
    grid.badgeColumn("Change", RevisionRow::health, RevisionRow::change).setWidth("8rem");
    grid.wideColumn("User", 2, row -> row.user().isEmpty() ? "unknown" : row.user());
    grid.wideColumn("How", 1, RevisionRow::how);
    grid.column("Revision", row -> row.revision() + (row.present() ? " (now)" : ""));
    grid.addComponentColumn(row -> actions(histories, row, mayRestore, again))
        .setAutoWidth(true)
        .setFlexGrow(0);
    Button refresh = new Button("Refresh", e -> again.run());
    actions(refresh);
    add(revisions);
    again.run();
  }

  private static Component actions(
      Histories histories, RevisionRow row, Permission mayRestore, Runnable again) {
    if (!row.state() || row.present()) {
      return new Div();
    }
    String revision = row.key().name();
    return new Div(
        Buttons.inRow("Compare", revision, () -> compare(histories, row)),
        Buttons.only(
            mayRestore,
            Buttons.inRow("Restore", revision, () -> askToRestore(histories, row, again))));
  }

  private static void compare(Histories histories, RevisionRow row) {
    switch (histories.compare(row.key().name())) {
      case ApiResult.Ok<ObjectNode>(ObjectNode diff) ->
          new CompareDialog(row, FieldRow.of(diff)).open();
      case ApiResult.Refused<ObjectNode>(Status status) -> Notices.refused(status);
    }
  }

  private static void askToRestore(Histories histories, RevisionRow row, Runnable again) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Restore revision " + row.revision() + "?");
    dialog.setText(
        "The object becomes what it was on "
            + Moment.of(row.at())
            + "; if it is gone, it is made again. What it is now stays in its history.");
    dialog.setCancelable(true);
    dialog.setConfirmText("Restore");
    dialog.addConfirmListener(e -> {
      ApiResult<ObjectNode> result = histories.restore(row.key().name());
      if (Notices.report(result, outcome(result))) {
        again.run();
      }
    });
    dialog.open();
  }

  private static String outcome(ApiResult<ObjectNode> result) {
    return result instanceof ApiResult.Ok<ObjectNode>(ObjectNode answer)
            && answer.path("status").path("action").asString("").equals("Unchanged")
        ? "It is what it was already"
        : "It is what it was";
  }
}

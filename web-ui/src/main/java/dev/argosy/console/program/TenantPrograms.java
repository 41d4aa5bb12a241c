package dev.argosy.console.program;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.layout.Troubled;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The service clients of a tenant: makes and deletes them, and shows new secrets. */
public final class TenantPrograms extends Div {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final String tenant;
  private final transient Supplier<List<String>> roles;

  /**
   * @param roles that can be given in the tenant, as far as the user sees them
   */
  public TenantPrograms(ConsoleSession session, String tenant, Supplier<List<String>> roles) {
    this.session = session;
    this.tenant = tenant;
    this.roles = roles;
    addClassName("paged");
    Troubled troubled = new Troubled();
    LiveGrid<ProgramRow> grid =
        new LiveGrid<>(ProgramRow::key, "No program has a client of its own here.");
    grid.wideColumn("Name", 2, ProgramRow::name);
    grid.wideColumn("Role", 1, row -> row.right().role());
    grid.badgeColumn(
        "State",
        row -> row.health(session.clock().instant()),
        row -> row.word(session.clock().instant()));
    grid.wideColumn("Client id", 3, ProgramRow::clientId);
    grid.column("Until", row -> Moment.of(row.right().until()));
    grid.wideColumn("What it is for", 2, this::about);
    grid.addComponentColumn(this::actions).setAutoWidth(true).setFlexGrow(0);
    grid.setAllRowsVisible(true);
    add(troubled, grid);
    LiveObjects.bind(
        this,
        session.api(),
        Resources.inRoot(Resources.SERVICE_CLIENTS),
        "spec.tenant=" + tenant,
        ProgramRow::of,
        troubled.with(rows -> grid.show(ProgramRow.byName(rows))));
  }

  /** Why it is not ready says more than what it is for. */
  private String about(ProgramRow row) {
    return row.ready(session.clock().instant()) || row.state().message().isEmpty()
        ? row.description()
        : row.state().message();
  }

  /** Whether the user may do anything with them. */
  public boolean mayBeSeen() {
    return session.rights().may("create", Resources.inRoot(Resources.SERVICE_CLIENTS)).allowed();
  }

  /** Makes a new one. */
  public Button newButton() {
    Button make =
        new Button(
            "New service client",
            VaadinIcon.AUTOMATION.create(),
            e -> new NewProgramDialog(session, tenant, roles.get()).open());
    return Buttons.only(
        session.rights().may("create", Resources.inRoot(Resources.SERVICE_CLIENTS)), make);
  }

  private Div actions(ProgramRow row) {
    Button secret = Buttons.inRow("New secret", row.name(), () -> askForSecret(row));
    Buttons.only(session.rights().may("create", row.key(), "credentials"), secret);
    if (!row.ready(session.clock().instant())) {
      secret.setEnabled(false);
    }
    Button remove = Buttons.inRow("Delete", row.name(), () -> askToDelete(row));
    remove.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return new Div(secret, Buttons.only(session.rights().may("delete", row.key()), remove));
  }

  private void askForSecret(ProgramRow row) {
    confirm(
        "A new secret for " + row.name() + "?",
        "The one of before ends: whatever uses it logs in no more.",
        "Show it",
        () -> {
          ApiResult<ObjectNode> answer =
              session
                  .api()
                  .post(row.key(), "credentials", Resources.tenancy("ServiceClientCredentials"));
          Notices.report(answer, row.name() + " has a new secret");
          if (answer instanceof ApiResult.Ok<ObjectNode>(ObjectNode object)) {
            new SecretDialog(row.name(), object.path("status")).open();
          }
        });
  }

  private void askToDelete(ProgramRow row) {
    confirm(
        "Delete " + row.name() + "?",
        "The program has no rights any more, and logs in no more.",
        "Delete",
        () ->
            Notices.report(
                session.api().delete(row.key(), DeleteOptions.DEFAULT),
                row.name() + " is deleted"));
  }

  private static void confirm(String header, String text, String verb, Runnable then) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(header);
    dialog.setText(text);
    dialog.setCancelable(true);
    dialog.setConfirmText(verb);
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(e -> then.run());
    dialog.open();
  }
}

package dev.argosy.console.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Permission;
import dev.argosy.console.session.Rights;
import dev.argosy.model.client.DeleteOptions;

/** Who has which role; gives, changes and takes them. */
final class RoleGrid extends LiveGrid<RoleRow> {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final transient RolePlace place;

  RoleGrid(ConsoleSession session, RolePlace place, String emptyText) {
    super(RoleRow::key, emptyText);
    this.session = session;
    this.place = place;
    wideColumn("Name", 3, row -> row.subject().name());
    column("Kind", row -> row.subject().kind());
    wideColumn("Role", 1, RoleRow::role);
    badgeColumn(
        "State",
        row -> row.health(session.clock().instant()),
        row -> row.state(session.clock().instant()));
    column("Until", row -> row.until() == null ? "" : Moment.of(row.until()));
    if (place.ofPlatform()) {
      wideColumn("Reason", 2, RoleRow::reason);
    }
    column("Age", row -> Age.of(row.created(), session.clock())).setTextAlign(ColumnTextAlign.END);
    addColumn(new ComponentRenderer<Component, RoleRow>(Actions::new, Actions::of))
        .setAutoWidth(true)
        .setFlexGrow(0);
  }

  /** Makes a new one. */
  Button addButton(String text) {
    Button add =
        new Button(text, VaadinIcon.PLUS.create(), e -> RoleDialog.add(session, place).open());
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return Buttons.only(session.rights().may("create", place.scope()), add);
  }

  /** What can be done to a row; the buttons stay while the row changes. */
  private final class Actions extends Div {

    private static final long serialVersionUID = 1L;

    private RoleRow row;

    Actions(RoleRow row) {
      this.row = row;
      Rights rights = session.rights();
      Permission mayChange = rights.may("patch", row.key());
      Permission mayRemove = rights.may("delete", row.key());
      String who = row.subject().name();
      Button remove = Buttons.inRow("Remove", who, this::askToRemove);
      remove.addThemeVariants(ButtonVariant.LUMO_ERROR);
      add(
          Buttons.only(
              mayChange,
              Buttons.inRow(
                  "Change", who, () -> RoleDialog.change(session, place, this.row).open())),
          Buttons.only(mayRemove, remove));
    }

    /** The same buttons, for what the row is now. */
    static Component of(Component actions, RoleRow now) {
      ((Actions) actions).row = now;
      return actions;
    }

    private void askToRemove() {
      ConfirmDialog dialog = new ConfirmDialog();
      String who = row.subject().name();
      dialog.setHeader("Take the role " + row.role() + " from " + who + "?");
      dialog.setText(
          "It stops to count at once. What it allowed is not undone, and other roles of theirs stay.");
      dialog.setCancelable(true);
      dialog.setConfirmText("Remove");
      dialog.setConfirmButtonTheme("error primary");
      dialog.addConfirmListener(e ->
          Notices.report(
              session.api().delete(row.key(), DeleteOptions.DEFAULT),
              who + " has not the role " + row.role() + " any more"));
      dialog.open();
    }
  }
}

package dev.argosy.console.tenant;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import dev.argosy.console.layout.Buttons;

/** What can be done to a tenant in its row; the buttons stay while the row changes. */
final class TenantActions extends Div {

  private static final long serialVersionUID = 1L;

  private final Button suspend;
  private final Button resume;
  private final Button restore;
  private TenantRow row;

  TenantActions(TenantCommands commands, TenantRow row) {
    this.row = row;
    String name = row.key().name();
    suspend =
        Buttons.only(
            commands.mayChange(),
            Buttons.inRow("Suspend", name, () -> commands.askToSuspend(this.row)));
    resume =
        Buttons.only(
            commands.mayChange(), Buttons.inRow("Resume", name, () -> commands.resume(this.row)));
    restore =
        Buttons.only(
            commands.mayRestore(),
            Buttons.inRow("Restore", name, () -> commands.restore(this.row)));
    add(suspend, resume, restore);
    become(row);
  }

  /** The same buttons, for what the row is now. */
  static Component of(Component actions, TenantRow now) {
    ((TenantActions) actions).become(now);
    return actions;
  }

  private void become(TenantRow now) {
    row = now;
    suspend.setVisible(!row.ends() && !row.suspended());
    resume.setVisible(!row.ends() && row.suspended());
    restore.setVisible(row.kept());
  }
}

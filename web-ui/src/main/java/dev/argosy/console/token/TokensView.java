package dev.argosy.console.token;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.DeleteOptions;
import java.time.Instant;
import java.util.List;

/** Tokens by which programs act here: one's own, and those of others for who may see them. */
@Route("t/:tenant/tokens")
@PageTitle("Access tokens · Argosy")
public class TokensView extends TenantPage implements LiveObjects.View<TokenRow> {

  private static final long serialVersionUID = 1L;

  private final LiveGrid<TokenRow> grid =
      new LiveGrid<>(TokenRow::key, "No access tokens. Make one for a program that works here.");

  public TokensView(ConsoleSession session) {
    super("Access tokens", session);
    grid.wideColumn("Name", 2, row -> row.key().name())
        .setTooltipGenerator(row -> row.key().name() + ", in the audit trail " + row.id());
    grid.wideColumn("For", 2, TokenRow::description);
    grid.wideColumn("Acts as", 1, TokenRow::actsAs);
    grid.wideColumn("May do", 1, TokenRow::scope);
    grid.badgeColumn("State", row -> row.health(now()), row -> row.ended(now()) ? "Ended" : "Good")
        .setWidth("7rem");
    grid.column("Until", row -> Moment.of(row.until()));
    grid.column(
        "Used", row -> row.lastUsed() == null ? "never" : Age.of(row.lastUsed(), session.clock()));
    grid.addComponentColumn(this::revoke).setAutoWidth(true).setFlexGrow(0);
    add(
        new Paragraph(
            "A token acts as you in this tenant and those below it, with no more rights than you have "
                + "at that moment. kubectl --token=… and every other client take it."),
        grid);
  }

  private Instant now() {
    return session().clock().instant();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    Button make =
        new Button(
            "New token",
            VaadinIcon.PLUS.create(),
            e -> new NewTokenDialog(session(), tenant()).open());
    make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    actions(
        grid.filterField(),
        Buttons.only(session().rights().may("create", all(Resources.TOKENS)), make));
    LiveObjects.bind(this, session().api(), all(Resources.TOKENS), "", TokenRow::of, this);
  }

  private Component revoke(TokenRow row) {
    Button revoke = Buttons.inRow("Revoke", row.key().name(), () -> askToRevoke(row));
    revoke.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return Buttons.only(session().rights().may("delete", row.key()), revoke);
  }

  private void askToRevoke(TokenRow row) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Revoke " + row.key().name() + "?");
    dialog.setText("It is refused at once, everywhere, and what was open by it ends.");
    dialog.setCancelable(true);
    dialog.setConfirmText("Revoke");
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(e ->
        Notices.report(
            session().api().delete(row.key(), DeleteOptions.DEFAULT),
            row.key().name() + " is revoked"));
    dialog.open();
  }

  @Override
  public void show(List<TokenRow> rows) {
    grid.show(rows);
  }
}

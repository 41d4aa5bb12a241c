package dev.argosy.console.quota;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.Facts;
import dev.argosy.console.layout.Page;
import dev.argosy.console.layout.ShareBar;
import dev.argosy.console.layout.Troubled;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Permission;
import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ObjectKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The budget of a tenant: what of it is spent, and what happens when all is. */
public final class BudgetPanel extends Div {

  private static final long serialVersionUID = 1L;

  private final Facts facts = new Facts();
  private final Div bar = new Div();
  private final Button set;
  private @Nullable BudgetRow row;
  private transient Function<BigDecimal, List<Component>> outlook = monthly -> List.of();

  public BudgetPanel(ConsoleSession session, String tenant) {
    addClassName("parts");
    ObjectKey key = Resources.inRoot(Resources.BUDGETS, tenant);
    set = new Button("Set a budget", e -> new BudgetDialog(session.api(), key, this.row).open());
    Permission mayCreate = session.rights().may("create", Resources.inRoot(Resources.BUDGETS));
    Buttons.only(mayCreate.and(session.rights().may("patch", key)), set);
    Div head = new Div(new H2("Budget"), set);
    head.addClassName("section-head");
    Troubled troubled = new Troubled();
    add(head, troubled, facts, bar);
    LiveObjects.bind(
        this,
        session.api(),
        Resources.inRoot(Resources.BUDGETS),
        "metadata.name=" + tenant,
        BudgetRow::of,
        troubled.<BudgetRow>with(rows -> show(rows, troubled.isVisible())));
  }

  /**
   * Shows what is to be expected of the month, too.
   *
   * @param facts about a monthly amount
   */
  public void outlook(Function<BigDecimal, List<Component>> facts) {
    outlook = facts;
    if (row != null) {
      show(row);
    }
  }

  private void show(List<BudgetRow> rows, boolean troubled) {
    row = rows.isEmpty() ? null : rows.getFirst();
    set.setText(row == null ? "Set a budget" : "Change the budget");
    bar.removeAll();
    facts.removeAll();
    if (row == null) {
      if (!troubled) {
        facts.add(Page.empty("What the tenant costs is not bounded."));
      }
      return;
    }
    show(row);
  }

  private void show(BudgetRow row) {
    bar.removeAll();
    String spent = row.spent().isEmpty() ? "" : row.spent() + " of ";
    facts.show(
        row.health().badge(row.state()),
        Facts.fact("Spent", (spent + row.monthly() + " " + row.currency()).strip()),
        Facts.fact("Month", row.month()),
        Facts.fact("Alerts at", row.alerts()),
        Facts.fact("When spent", row.refuses() ? "nothing new is taken" : "people are told"));
    row.amount().map(outlook).ifPresent(facts::add);
    bar.add(new ShareBar(row.share()));
  }
}

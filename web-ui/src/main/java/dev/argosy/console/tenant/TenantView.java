package dev.argosy.console.tenant;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Buttons;
import dev.argosy.console.layout.Facts;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.live.Moment;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One tenant: what it is, how it is, and what can be done to it as a whole. */
@Route("t/:tenant/details")
@PageTitle("Tenant · Argosy")
public class TenantView extends TenantPage implements LiveObjects.View<TenantDetail> {

  private static final long serialVersionUID = 1L;

  private final Paragraph ending = new Paragraph();
  private final Facts facts = new Facts();
  private final Div details = new Div();
  private final Div labels = new Div();
  private final LiveGrid<Condition> conditions =
      new LiveGrid<>(Condition::type, "Nothing is told of it yet.");
  private transient @Nullable TenantButtons buttons;

  public TenantView(ConsoleSession session) {
    super("Tenant", session);
    ending.addClassName("warning");
    ending.getElement().setAttribute("role", "status");
    ending.setVisible(false);
    labels.addClassName("labels");
    conditions.column("Condition", Condition::type);
    conditions.column("Holds", Condition::holds);
    conditions.column("Reason", Condition::reason);
    conditions.wideColumn("Message", 3, Condition::message);
    conditions.column("Since", condition -> Age.of(condition.since(), session.clock()));
    conditions.fitRows();
    details.addClassName("parts");
    details.add(new H2("Labels"), labels, new H2("Conditions"), conditions);
    details.setVisible(false);
    add(ending, facts, details);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    retitle(tenant());
    TenantButtons made = new TenantButtons(new TenantCommands(session(), tenant()));
    buttons = made;
    actions(made.all());
    LiveObjects.bind(
        this,
        session().api(),
        Resources.inRoot(Resources.TENANTS),
        "metadata.name=" + tenant(),
        TenantDetail::of,
        this);
  }

  @Override
  public void show(List<TenantDetail> rows) {
    if (buttons != null) {
      buttons.show(rows.isEmpty() ? null : rows.getFirst().row());
    }
    details.setVisible(!rows.isEmpty());
    if (rows.isEmpty()) {
      ending.setVisible(false);
      facts.removeAll();
      if (!troubled()) {
        facts.gone();
      }
      return;
    }
    TenantDetail tenant = rows.getFirst();
    TenantRow row = tenant.row();
    retitle(row.title());
    ending.setVisible(row.kept());
    ending.setText(
        "It is to be deleted. Until "
            + Moment.of(tenant.keptUntil())
            + " it is kept, suspended, and can be restored; then it is erased.");
    facts.show(
        row.health().badge(row.phase()),
        Facts.fact("Name", row.key().name()),
        Facts.link("Parent", row.parent(), "t/" + row.parent() + "/details"),
        Facts.fact("Template", tenant.origin().template()),
        Facts.fact("Node pools", String.join(", ", tenant.origin().nodePools())),
        Facts.fact("Pod security", row.podBound().text()),
        Facts.fact("Cell", tenant.origin().cell()),
        Facts.fact("Age", Age.of(row.created(), session().clock())));
    labels(tenant.labelTexts());
    conditions.show(tenant.conditions());
  }

  private void labels(List<String> texts) {
    labels.removeAll();
    if (texts.isEmpty()) {
      labels.add(new Span("None"));
    }
    for (String text : texts) {
      Span label = new Span(text);
      label.addClassName("label");
      labels.add(label);
    }
  }

  /** What can be done to the tenant; the buttons stay while it changes. */
  private static final class TenantButtons {
    private final Button rename;
    private final Button podSecurity;
    private final Button suspend;
    private final Button resume;
    private final Button restore;
    private final Button delete;
    private @Nullable TenantRow row;

    TenantButtons(TenantCommands commands) {
      rename = Buttons.only(commands.mayChange(), button("Rename", commands::askForName));
      podSecurity =
          Buttons.only(commands.mayChange(), button("Pod security", commands::askForPodSecurity));
      suspend = Buttons.only(commands.mayChange(), button("Suspend", commands::askToSuspend));
      resume = Buttons.only(commands.mayChange(), button("Resume", commands::resume));
      restore = Buttons.only(commands.mayRestore(), button("Restore", commands::restore));
      delete = Buttons.only(commands.mayDelete(), button("Delete", commands::askToDelete));
      restore.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
      show(null);
    }

    Button[] all() {
      return new Button[] {rename, podSecurity, suspend, resume, restore, delete};
    }

    private Button button(String text, Consumer<TenantRow> action) {
      return new Button(
          text,
          e -> {
            if (row != null) {
              action.accept(row);
            }
          });
    }

    void show(@Nullable TenantRow now) {
      row = now;
      boolean lives = now != null && !now.ends();
      boolean suspended = now != null && now.suspended();
      boolean kept = now != null && now.kept();
      rename.setVisible(lives);
      podSecurity.setVisible(lives);
      suspend.setVisible(lives && !suspended);
      resume.setVisible(lives && suspended);
      restore.setVisible(kept);
      delete.setVisible(lives || kept);
    }
  }
}

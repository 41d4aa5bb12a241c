package dev.argosy.console.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Health;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.pod.EventRow;
import dev.argosy.console.pod.PodRow;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.console.usage.UsageCard;
import dev.argosy.console.workload.DeploymentRow;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Is everything healthy? Counts by state, and what was warned about lately. */
@Route("t/:tenant")
@PageTitle("Overview · Argosy")
public class OverviewView extends TenantPage {

  private static final long serialVersionUID = 1L;
  private static final int WARNINGS = 50;

  private final Div cards = new Div();
  private final LiveGrid<EventRow> warnings =
      new LiveGrid<>(EventRow::key, "No warnings. All is well.");

  public OverviewView(ConsoleSession session) {
    super("Overview", session);
    cards.addClassName("cards");
    warnings.badgeColumn("Warning", e -> Health.WARNING, EventRow::reason);
    warnings.wideColumn("Object", 2, EventRow::object);
    warnings.wideColumn("Message", 4, EventRow::message);
    warnings.column("Count", e -> String.valueOf(e.count()));
    warnings.column("Last", e -> Age.of(e.last(), session.clock()));
    add(cards, new H2("Warnings"), warnings);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    KindSchema pods = session().kinds().preferred(Resources.PODS).orElseThrow();
    card("Workloads", "workloads", Resources.DEPLOYMENTS, d -> DeploymentRow.of(d).health());
    card(
        "Pods",
        "pods",
        Resources.PODS,
        p -> PodRow.of(p, pods, session().clock().instant()).health());
    if (session().rights().mayGet(tenant(), "/usage").allowed()) {
      cards.add(new UsageCard(session(), tenant()));
    }
    LiveObjects.bind(
        this,
        session().api(),
        all(Resources.EVENTS),
        "type=Warning",
        EventRow::of,
        rows ->
            warnings.show(
                rows.stream()
                    .sorted(
                        Comparator.comparing(
                            EventRow::last, Comparator.nullsFirst(Comparator.reverseOrder())))
                    .limit(WARNINGS)
                    .toList()));
  }

  private void card(
      String title, String path, GroupResource resource, Function<ApiObject, Health> health) {
    Card card = new Card();
    card.setTitle(new Anchor("t/" + tenant() + "/" + path, title));
    Div counts = new Div();
    counts.addClassName("counts");
    card.add(counts);
    cards.add(card);
    LiveObjects.bind(
        card,
        session().api(),
        all(resource),
        "",
        health,
        rows -> {
          counts.removeAll();
          counts.add(counts(rows));
        });
  }

  private static Component[] counts(List<Health> rows) {
    return new Component[] {
      count(rows.size(), "in all", "total"),
      count(having(rows, Health.GOOD), "healthy", "good"),
      count(having(rows, Health.BUSY), "changing", "busy"),
      count(having(rows, Health.WARNING) + having(rows, Health.BAD), "in trouble", "bad")
    };
  }

  private static long having(List<Health> rows, Health wanted) {
    return rows.stream().filter(wanted::equals).count();
  }

  private static Component count(long number, String word, String style) {
    Span figure = new Span(String.valueOf(number));
    figure.addClassNames("figure", number == 0 ? "none" : style);
    Div count = new Div(figure, new Span(word));
    count.addClassName("count");
    return count;
  }
}

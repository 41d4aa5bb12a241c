package dev.argosy.console.pod;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.history.HistoryView;
import dev.argosy.console.layout.Facts;
import dev.argosy.console.layout.Health;
import dev.argosy.console.layout.LiveGrid;
import dev.argosy.console.layout.Page;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.live.Age;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.console.workload.DeleteDialog;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import java.util.Comparator;
import java.util.List;

/** One pod: state, containers, events, log. */
@Route("t/:tenant/pods/:namespace/:name")
@PageTitle("Pod · Argosy")
public class PodView extends TenantPage implements LiveObjects.View<PodDetail> {

  private static final long serialVersionUID = 1L;

  private final Facts facts = new Facts();
  private final Grid<PodDetail.Container> containers = new Grid<>();
  private final Grid<Waiting> waiting = new Grid<>();
  private final LiveGrid<EventRow> events =
      new LiveGrid<>(EventRow::key, "No events in the last hour.");

  public PodView(ConsoleSession session) {
    super("Pod", session);
    containers.addColumn(PodDetail.Container::name).setHeader("Container");
    containers.addColumn(PodDetail.Container::image).setHeader("Image").setFlexGrow(2);
    containers.addComponentColumn(c -> health(c).badge(c.state())).setHeader("State");
    containers.addColumn(PodDetail.Container::restarts).setHeader("Restarts");
    containers.setAllRowsVisible(true);
    containers.addClassName("fits-rows");
    containers.addThemeVariants(GridVariant.LUMO_NO_BORDER);
    containers.setSelectionMode(Grid.SelectionMode.NONE);
    containers.setEmptyStateComponent(Page.empty("No containers."));
    waiting.addColumn(Waiting::reason).setHeader("Why it has no node").setFlexGrow(3);
    waiting.addColumn(Waiting::nodes).setHeader("Nodes");
    waiting.addColumn(Waiting::filter).setHeader("Filter");
    waiting.setAllRowsVisible(true);
    waiting.addClassName("fits-rows");
    waiting.addThemeVariants(GridVariant.LUMO_NO_BORDER);
    waiting.setSelectionMode(Grid.SelectionMode.NONE);
    waiting.setVisible(false);
    events.badgeColumn("Event", e -> e.warning() ? Health.BAD : Health.BUSY, EventRow::reason);
    events.wideColumn("Message", 4, EventRow::message);
    events.column("Count", e -> String.valueOf(e.count()));
    events.column("Last", e -> Age.of(e.last(), session.clock()));
    events.fitRows();
  }

  private static Health health(PodDetail.Container container) {
    return switch (container.state()) {
      case "Running" -> container.ready() ? Health.GOOD : Health.WARNING;
      case "Completed" -> Health.GOOD;
      case "ContainerCreating", "PodInitializing", "Waiting" -> Health.BUSY;
      default -> Health.BAD;
    };
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    String namespace = event.getRouteParameters().get("namespace").orElseThrow();
    String name = event.getRouteParameters().get("name").orElseThrow();
    ObjectKey key = new ObjectKey(Resources.PODS, tenant(), namespace, name);
    retitle(name);
    Button delete = new Button("Delete", e -> DeleteDialog.open(session().api(), key));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    Button history = new Button("History");
    history.addClickListener(e -> getUI().ifPresent(ui -> ui.navigate(HistoryView.path(key))));
    actions(history, delete);
    LogPanel log = new LogPanel(session().api(), key);
    logs = log;
    add(facts, waiting, containers, new H2("Events"), events, new H2("Log"), log);
    watchPod(key);
    watchEvents(key);
  }

  private transient @org.jspecify.annotations.Nullable LogPanel logs;

  private void watchPod(ObjectKey key) {
    KindSchema pods = session().kinds().preferred(Resources.PODS).orElseThrow();
    LiveObjects.bind(
        this,
        session().api(),
        ResourceScope.namespace(Resources.PODS, key.cluster(), key.namespace()),
        "metadata.name=" + key.name(),
        object -> PodDetail.of(object, pods, session().clock().instant()),
        this);
  }

  private void watchEvents(ObjectKey key) {
    LiveObjects.bind(
        this,
        session().api(),
        ResourceScope.namespace(Resources.EVENTS, key.cluster(), key.namespace()),
        "involvedObject.kind=Pod,involvedObject.name=" + key.name(),
        EventRow::of,
        rows ->
            events.show(
                rows.stream()
                    .sorted(
                        Comparator.comparing(
                            EventRow::last, Comparator.nullsFirst(Comparator.reverseOrder())))
                    .toList()));
  }

  @Override
  public void show(List<PodDetail> rows) {
    if (rows.isEmpty()) {
      facts.removeAll();
      if (!troubled()) {
        facts.gone();
      }
      return;
    }
    PodDetail pod = rows.getFirst();
    facts.show(
        pod.row().health().badge(pod.row().state()),
        Facts.fact("Namespace", pod.row().key().namespace()),
        Facts.fact("Node", pod.row().node()),
        Facts.fact("IP", pod.row().address()),
        Facts.fact("Restarts", pod.row().restarts()),
        Facts.fact("Age", Age.of(pod.row().created(), session().clock())));
    waiting.setVisible(!pod.waiting().isEmpty());
    waiting.setItems(pod.waiting());
    containers.setItems(pod.containers());
    if (logs != null) {
      logs.containers(pod.containers().stream().map(PodDetail.Container::name).toList());
    }
  }
}

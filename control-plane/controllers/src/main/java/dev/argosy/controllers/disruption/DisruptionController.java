package dev.argosy.controllers.disruption;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.runtime.StatusWriter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Counts what PodDisruptionBudgets allow.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/configure-pdb/">Specifying a
 *     Disruption Budget</a>
 */
public final class DisruptionController implements Reconciler {

  private static final String NAME = "disruption-controller";
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final Informer<BudgetView> budgets;
  private final Informer<PodView> pods;
  private final OwnWrites writes = new OwnWrites();
  private final Scales scales;
  private final StatusWriter<BudgetView> statuses;
  private final EventRecorder events;

  private DisruptionController(ControllerContext context, CustomTypes custom) {
    ApiClient client = context.client(NAME);
    this.context = context;
    this.budgets = context.informer(BudgetView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.scales = new Scales(client, custom);
    this.statuses = new StatusWriter<>(client, budgets, writes);
    this.events = context.events(NAME);
  }

  /**
   * @param custom what else may own pods, and say how many it wants
   */
  public static ControllerLoop create(ControllerContext context, CustomTypes custom) {
    KeyQueue queue = context.queue();
    DisruptionController controller = new DisruptionController(context, custom);
    controller.budgets.onChange(budget -> queue.add(budget.key()));
    controller.pods.addHandler(controller.new PodHandler(queue));
    return new ControllerLoop("disruption", queue, controller, 8);
  }

  /** A pod whose labels change concerns those that it was of, too. */
  private final class PodHandler implements InformerHandler<PodView> {
    private final KeyQueue queue;

    PodHandler(KeyQueue queue) {
      this.queue = queue;
    }

    @Override
    public void added(PodView pod) {
      budgetsOf(pod).forEach(queue::add);
    }

    @Override
    public void updated(PodView old, PodView pod) {
      budgetsOf(pod).forEach(queue::add);
      if (!old.object().meta().labels().equals(pod.object().meta().labels())) {
        budgetsOf(old).forEach(queue::add);
      }
    }

    @Override
    public void deleted(PodView pod) {
      budgetsOf(pod).forEach(queue::add);
    }
  }

  private List<ObjectKey> budgetsOf(PodView pod) {
    return BudgetView.BY_SELECTOR.matching(budgets, pod.object()).map(BudgetView::key).toList();
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<BudgetView> found = budgets.get(key).filter(b -> !b.object().meta().deleting());
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    BudgetView budget = found.get();
    String place = PodView.place(key.cluster(), key.namespace());
    List<PodView> mine =
        pods.find(PodView.BY_NAMESPACE, place).stream()
            .filter(pod -> budget.selector().matches(pod.object().meta().labels()))
            .toList();
    if (mine.isEmpty()) {
      events.normal(budget.owner().subject(), "NoPods", "No matching pods found");
    }
    Scale scale = budget.needsScale() ? scales.of(mine) : Scale.of(0);
    return apply(budget, BudgetPlan.of(budget, mine, scale, context.now()));
  }

  private Outcome apply(BudgetView budget, BudgetPlan plan) {
    for (PodView pod : plan.stale()) {
      events.warning(
          Subject.of("v1", "Pod", pod.object()),
          "NotDeleted",
          "Pod was expected by PDB %s/%s to be deleted but it wasn't"
              .formatted(budget.key().namespace(), budget.key().name()));
    }
    Optional<Outcome> failure =
        plan.status().equals(budget.status())
            ? Optional.empty()
            : statuses.write(budget.object(), plan.status().toJson());
    return failure.orElseGet(() ->
        plan.again().map(left -> Outcome.requeueAfter(left.plus(AGAIN))).orElse(Outcome.DONE));
  }
}

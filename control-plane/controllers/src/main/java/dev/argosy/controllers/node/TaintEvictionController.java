package dev.argosy.controllers.node;

import dev.argosy.controllers.pod.Disruption;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.pod.Toleration;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Deletes pods from nodes with NoExecute taints that they do not bear, or have borne for as long as
 * they said. Keys are pods.
 */
public final class TaintEvictionController implements Reconciler {

  private static final Disruption EXPELLED =
      new Disruption("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");

  private final ControllerContext context;
  private final ApiClient client;
  private final EventRecorder events;
  private final Informer<NodeView> nodes;
  private final Informer<PodView> pods;

  private TaintEvictionController(ControllerContext context) {
    this.context = context;
    this.client = context.client("taint-eviction-controller");
    this.events = context.events("taint-eviction-controller");
    this.nodes = context.informer(NodeView.ALL);
    this.pods = context.informer(PodView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    TaintEvictionController controller = new TaintEvictionController(context);
    controller.nodes.onChange(node -> {
      if (!expelling(node).isEmpty()) {
        controller.pods.find(PodView.BY_NODE, node.name()).forEach(pod -> queue.add(pod.key()));
      }
    });
    controller.pods.onChange(pod -> {
      if (!pod.node().isEmpty() && pod.active()) {
        queue.add(pod.key());
      }
    });
    return new ControllerLoop("taint-eviction", queue, controller, 8);
  }

  private static List<Taint> expelling(NodeView node) {
    return node.taints().stream().filter(t -> t.effect().equals(Taint.NO_EXECUTE)).toList();
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<PodView> pod = pods.get(key).filter(PodView::active);
    Optional<NodeView> node = pod.flatMap(p -> nodes.get(NodeView.key(p.node())));
    List<Taint> taints = node.map(TaintEvictionController::expelling).orElse(List.of());
    if (pod.isEmpty() || taints.isEmpty()) {
      return Outcome.DONE;
    }
    Instant now = context.now();
    Optional<Instant> end = end(pod.get(), taints, now);
    if (end.isEmpty()) {
      return Outcome.DONE;
    }
    Duration left = Duration.between(now, end.get());
    return left.isPositive() ? Outcome.requeueAfter(left) : evict(pod.get());
  }

  /** When the pod has to go; empty if never. */
  static Optional<Instant> end(PodView pod, List<Taint> taints, Instant now) {
    Optional<Instant> end = Optional.empty();
    for (Taint taint : taints) {
      List<Toleration> bearing =
          pod.tolerations().stream()
              .filter(t -> t.tolerates(taint.key(), taint.value(), taint.effect()))
              .toList();
      if (bearing.isEmpty()) {
        return Optional.of(now);
      }
      Instant since = taint.added().orElse(now);
      Optional<Instant> own =
          bearing.stream()
              .flatMap(t -> t.seconds().stream())
              .map(seconds -> since.plusSeconds(Math.max(0, seconds)))
              .min(Instant::compareTo);
      end = own.isPresent() && (end.isEmpty() || own.get().isBefore(end.get())) ? own : end;
    }
    return end;
  }

  private Outcome evict(PodView pod) {
    events.normal(
        Subject.of("v1", "Pod", pod.object()),
        "TaintManagerEviction",
        "Marking for deletion Pod " + pod.key().namespace() + "/" + pod.name());
    client.patch(pod.key(), "status", EXPELLED.of(pod, context.now()));
    return Outcome.ofDeletion(client.delete(pod.key(), DeleteOptions.ofUid(pod.uid())));
  }
}

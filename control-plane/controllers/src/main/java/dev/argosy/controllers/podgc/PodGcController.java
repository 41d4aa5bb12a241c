package dev.argosy.controllers.podgc;

import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.pod.Disruption;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes pods whose node is gone for good, and pods that are being deleted without ever having had
 * a node, or on one that is out of service. Keys are pods.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown">
 *     Non-graceful node shutdown</a>
 */
public final class PodGcController implements Reconciler {

  /** A node that is missing for less may be about to come back, or not to have been seen yet. */
  static final Duration QUARANTINE = Duration.ofSeconds(40);

  private static final Disruption DOWN =
      new Disruption("DeletionByPodGC", "PodGC: node is out of service");
  private static final Disruption ORPHANED =
      new Disruption("DeletionByPodGC", "PodGC: node no longer exists");

  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<NodeView> nodes;
  private final Informer<PodView> pods;
  private final Map<String, Instant> missing = new ConcurrentHashMap<>();

  private PodGcController(ControllerContext context) {
    this.context = context;
    this.client = context.client("pod-garbage-collector");
    this.nodes = context.informer(NodeView.ALL);
    this.pods = context.informer(PodView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    PodGcController controller = new PodGcController(context);
    controller.pods.onChange(pod -> {
      if (controller.concerns(pod)) {
        queue.add(pod.key());
      }
    });
    controller.nodes.addHandler(controller.new NodeHandler(queue));
    return new ControllerLoop("pod-gc", queue, controller, 4);
  }

  private boolean concerns(PodView pod) {
    return pod.node().isEmpty() || down(pod)
        ? pod.deleting()
        : nodes.get(NodeView.key(pod.node())).isEmpty();
  }

  private boolean down(PodView pod) {
    return nodes.get(NodeView.key(pod.node())).filter(NodeView::outOfService).isPresent();
  }

  private final class NodeHandler implements InformerHandler<NodeView> {
    private final KeyQueue queue;

    NodeHandler(KeyQueue queue) {
      this.queue = queue;
    }

    @Override
    public void added(NodeView node) {
      missing.remove(node.name());
    }

    @Override
    public void updated(NodeView old, NodeView node) {
      if (node.outOfService() && !old.outOfService()) {
        deleted(node);
      }
    }

    @Override
    public void deleted(NodeView node) {
      pods.find(PodView.BY_NODE, node.name()).forEach(pod -> queue.add(pod.key()));
    }
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<PodView> pod = pods.get(key).filter(this::concerns);
    if (pod.isEmpty()) {
      return Outcome.DONE;
    }
    if (pod.get().node().isEmpty()) {
      return remove(pod.get());
    }
    if (down(pod.get())) {
      return removeLost(pod.get(), DOWN);
    }
    String node = pod.get().node();
    Instant since = missing.computeIfAbsent(node, n -> context.now());
    Duration left = QUARANTINE.minus(Duration.between(since, context.now()));
    if (left.isPositive()) {
      return Outcome.requeueAfter(left);
    }
    return client.get(NodeView.key(node)).orAbsent().isPresent()
        ? Outcome.requeueAfter(QUARANTINE)
        : removeLost(pod.get(), ORPHANED);
  }

  private Outcome removeLost(PodView pod, Disruption why) {
    if (!pod.terminal()
        && client.patch(pod.key(), "status", why.ofLost(pod, context.now()))
            instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.NOT_FOUND) {
      return Outcome.of(status);
    }
    return remove(pod);
  }

  private Outcome remove(PodView pod) {
    return Outcome.ofDeletion(client.delete(pod.key(), DeleteOptions.now(pod.uid())));
  }
}

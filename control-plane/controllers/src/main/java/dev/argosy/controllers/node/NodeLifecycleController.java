package dev.argosy.controllers.node;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Marks nodes that stopped renewing their lease as Unknown, taints nodes by their conditions, and
 * marks the pods of a node that is not ready as not ready. {@link Expulsions} says when such a node
 * may lose its pods.
 */
public final class NodeLifecycleController implements Reconciler {

  /** How long a node may be silent. */
  static final Duration GRACE = Duration.ofSeconds(40);

  private static final List<String> REPORTED =
      List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");
  private static final InformerSpec<ObjectKey> LEASES =
      InformerSpec.of(
          ResourceScope.namespace(Kinds.LEASES, Kinds.ROOT, "kube-node-lease"), ApiObject::key);

  private final ControllerContext context;
  private final ApiClient client;
  private final EventRecorder events;
  private final Informer<NodeView> nodes;
  private final Informer<PodView> pods;
  private final Heartbeats heartbeats;
  private final Expulsions expulsions;
  private final OwnWrites writes = new OwnWrites();

  private NodeLifecycleController(ControllerContext context) {
    this.context = context;
    this.client = context.client("node-controller");
    this.events = context.events("node-controller");
    this.nodes = context.informer(NodeView.ALL);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.heartbeats = new Heartbeats(context.timers().clock());
    this.expulsions = new Expulsions(context.timers().clock());
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    NodeLifecycleController controller = new NodeLifecycleController(context);
    context.informer(LEASES).onChange(lease -> controller.heartbeats.heard(lease.name()));
    controller.nodes.addHandler(controller.new NodeHandler(queue));
    controller.pods.onChange(pod -> {
      if (pod.ready().isPresent() && !pod.node().isEmpty()) {
        controller
            .nodes
            .get(NodeView.key(pod.node()))
            .ifPresent(node -> {
              if (!node.status("Ready").equals("True")) {
                queue.add(node.key());
              }
            });
      }
    });
    return new ControllerLoop("node-lifecycle", queue, controller, 4);
  }

  /** A full report of its status counts as a sign of life too. */
  private final class NodeHandler implements InformerHandler<NodeView> {
    private final KeyQueue queue;

    NodeHandler(KeyQueue queue) {
      this.queue = queue;
    }

    @Override
    public void added(NodeView node) {
      heartbeats.heard(node.name());
      see(node);
      queue.add(node.key());
    }

    @Override
    public void updated(NodeView old, NodeView node) {
      if (!old.heartbeat().equals(node.heartbeat())) {
        heartbeats.heard(node.name());
      }
      see(node);
      queue.add(node.key());
    }

    private void see(NodeView node) {
      expulsions.see(
          node.name(), Zone.of(node.object().meta().labels()), node.status("Ready").equals("True"));
      if (node.expels()) {
        expulsions.note(node.name());
      }
    }

    @Override
    public void deleted(NodeView node) {
      heartbeats.forget(node.name());
      expulsions.forget(node.name());
    }
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(Duration.ofSeconds(1));
    }
    Optional<NodeView> found = nodes.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    NodeView node = found.get();
    Duration silence = heartbeats.silence(node.name());
    boolean silent = silence.compareTo(GRACE) >= 0;
    List<Condition> conditions = silent ? unknown(node) : node.conditions();
    Outcome outcome = Outcome.DONE;
    if (!conditions.equals(node.conditions())) {
      outcome = writeConditions(node, conditions);
    }
    boolean ready = Condition.isTrue(conditions, "Ready");
    Duration turn = ready ? GRACE : expulsions.ask(node.name());
    List<Taint> taints = TaintPlan.of(node, conditions, turn.isZero(), context.now());
    if (outcome.equals(Outcome.DONE) && !taints.equals(node.taints())) {
      outcome = writeTaints(node, taints);
    }
    if (!ready) {
      markPodsNotReady(node);
    }
    Duration again = silent ? GRACE : GRACE.minus(silence);
    Duration look = turn.isZero() ? Expulsions.LOOK : turn;
    return outcome.equals(Outcome.DONE)
        ? Outcome.requeueAfter(look.compareTo(again) < 0 ? look : again)
        : outcome;
  }

  private List<Condition> unknown(NodeView node) {
    List<Condition> conditions = node.conditions();
    for (String type : REPORTED) {
      boolean never = Condition.find(conditions, type).isEmpty();
      Condition unknown =
          new Condition(
              type,
              "Unknown",
              never ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
              never ? "Kubelet never posted node status." : "Kubelet stopped posting node status.",
              "",
              context.now().toString());
      if (!node.status(type).equals("Unknown") || never) {
        conditions = Condition.with(conditions, unknown);
      }
    }
    return conditions;
  }

  /** By a patch that leaves out what did not change, heartbeat times among it. */
  private Outcome writeConditions(NodeView node, List<Condition> conditions) {
    ArrayNode changed = Json.mapper().createArrayNode();
    Condition.write(
        changed, conditions.stream().filter(c -> !node.conditions().contains(c)).toList());
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("uid", node.object().meta().uid());
    patch.putObject("status").set("conditions", changed);
    events.normal(
        subject(node), "NodeNotReady", "Node " + node.name() + " status is now: NodeNotReady");
    return written(node, client.patch(node.key(), "status", Patch.strategic(patch)));
  }

  private Outcome writeTaints(NodeView node, List<Taint> taints) {
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .put("uid", node.object().meta().uid())
        .put("resourceVersion", Long.toString(node.object().revision()));
    ArrayNode array = patch.putObject("spec").putArray("taints");
    taints.forEach(taint -> array.add(taint.toJson()));
    return written(node, client.patch(node.key(), "", Patch.merge(patch)));
  }

  private Outcome written(NodeView node, ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject object) -> {
        writes.expect(node.key(), nodes, object);
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }

  private void markPodsNotReady(NodeView node) {
    for (PodView pod : pods.find(PodView.BY_NODE, node.name())) {
      if (pod.ready().isPresent() && !pod.deleting()) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", pod.uid());
        patch
            .putObject("status")
            .putArray("conditions")
            .addObject()
            .put("type", "Ready")
            .put("status", "False")
            .put("lastTransitionTime", context.now().toString());
        if (client.patch(pod.key(), "status", Patch.strategic(patch)) instanceof ApiResult.Ok) {
          events.warning(
              Subject.of("v1", "Pod", pod.object()), "NodeNotReady", "Node is not ready");
        }
      }
    }
  }

  private static Subject subject(NodeView node) {
    return Subject.of("v1", "Node", node.object());
  }
}

package dev.argosy.controllers.ipam;

import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives every node a subnet for its pods. All nodes are of root, and one is worked on at a time,
 * which waits for the writes before: so no subnet is given twice.
 */
public final class NodeIpamController implements Reconciler {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ApiClient client;
  private final EventRecorder events;
  private final Informer<NodeView> nodes;
  private final PodSubnets subnets;
  private long written;

  private NodeIpamController(ControllerContext context, PodSubnets subnets) {
    this.client = context.client("node-ipam-controller");
    this.events = context.events("node-ipam-controller");
    this.nodes = context.informer(NodeView.ALL);
    this.subnets = subnets;
  }

  public static ControllerLoop create(ControllerContext context, PodSubnets subnets) {
    KeyQueue queue = context.queue();
    NodeIpamController controller = new NodeIpamController(context, subnets);
    controller.nodes.onChange(node -> {
      if (node.podCidr().isEmpty()) {
        queue.add(node.key());
      }
    });
    return new ControllerLoop("node-ipam", queue, controller, 1);
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!nodes.awaitRevision(written, PATIENCE)) {
      return new Outcome.Retry("own writes not seen yet");
    }
    Optional<NodeView> node = nodes.get(key).filter(n -> n.podCidr().isEmpty());
    if (node.isEmpty()) {
      return Outcome.DONE;
    }
    Set<String> taken = nodes.all().stream().map(NodeView::podCidr).collect(Collectors.toSet());
    Optional<String> free = subnets.free(taken);
    if (free.isEmpty()) {
      events.warning(
          Subject.of("v1", "Node", node.get().object()),
          "CIDRNotAvailable",
          "Node " + key.name() + " status is now: CIDRNotAvailable");
      return new Outcome.Retry("all pod subnets are taken");
    }
    return give(node.get(), free.get());
  }

  private Outcome give(NodeView node, String cidr) {
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .put("uid", node.object().meta().uid())
        .put("resourceVersion", Long.toString(node.object().revision()));
    patch.putObject("spec").put("podCIDR", cidr).putArray("podCIDRs").add(cidr);
    return switch (client.patch(node.key(), "", Patch.merge(patch))) {
      case ApiResult.Ok<ApiObject>(ApiObject object) -> {
        written = object.revision();
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }
}

package dev.argosy.controllers.servicecidr;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.runtime.StatusWriter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps ServiceCIDRs from vanishing while their addresses are in use, and tells which of them are
 * ready. What every cluster has from the start is the server's. Keys are ServiceCIDRs.
 */
public final class ServiceCidrController implements Reconciler {

  private static final String FIRST = "kubernetes";
  private static final String READY = "Ready";

  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<RangeView> ranges;
  private final Informer<AddressedService> services;
  private final OwnWrites writes = new OwnWrites();
  private final StatusWriter<RangeView> status;

  private ServiceCidrController(ControllerContext context) {
    this.context = context;
    this.client = context.client("service-cidrs-controller");
    this.ranges = context.informer(RangeView.EVERYWHERE);
    this.services = context.informer(AddressedService.EVERYWHERE);
    this.status = new StatusWriter<>(client, ranges, writes);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    ServiceCidrController controller = new ServiceCidrController(context);
    controller.ranges.onChange(range -> {
      queue.add(range.key());
      controller.going(range.key().cluster()).forEach(queue::add);
    });
    controller.services.addHandler(controller.new FreedAddresses(queue));
    return new ControllerLoop("service-cidrs", queue, controller, 2);
  }

  private List<ObjectKey> going(String cluster) {
    return ranges.find(RangeView.BY_CLUSTER, cluster).stream()
        .filter(RangeView::deleting)
        .map(RangeView::key)
        .toList();
  }

  /** Ranges that may be waiting for an address to become free. */
  private final class FreedAddresses implements InformerHandler<AddressedService> {
    private final KeyQueue queue;

    FreedAddresses(KeyQueue queue) {
      this.queue = queue;
    }

    @Override
    public void added(AddressedService service) {
      // takes addresses, frees none
    }

    @Override
    public void updated(AddressedService old, AddressedService service) {
      if (!service.addresses().equals(old.addresses())) {
        deleted(old);
      }
    }

    @Override
    public void deleted(AddressedService service) {
      going(service.key().cluster()).forEach(queue::add);
    }
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(Duration.ofSeconds(1));
    }
    Optional<RangeView> found = ranges.get(key).filter(range -> !key.name().equals(FIRST));
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    RangeView range = found.get();
    if (range.deleting()) {
      return range.held() ? release(range) : Outcome.DONE;
    }
    return range.held()
        ? tell(range, "True", "", "Kubernetes Service CIDR is ready")
        : finalizers(range, true);
  }

  /** What is remembered may be a moment old, and a range does not come back: asks the store. */
  private Outcome release(RangeView range) {
    String cluster = range.key().cluster();
    return switch (client.list(
        ResourceScope.cluster(Kinds.SERVICE_CIDRS, cluster), ListOptions.EVERYTHING)) {
      case ApiResult.Refused<ObjectList>(Status refused) -> Outcome.of(refused);
      case ApiResult.Ok<ObjectList>(ObjectList beside) ->
          switch (client.list(
              ResourceScope.cluster(Kinds.SERVICES, cluster), ListOptions.EVERYTHING)) {
            case ApiResult.Refused<ObjectList>(Status refused) -> Outcome.of(refused);
            case ApiResult.Ok<ObjectList>(ObjectList users) ->
                AddressUse.keeps(
                        range,
                        beside.items().stream().map(RangeView::of).toList(),
                        users.items().stream().map(AddressedService::of).toList())
                    ? tell(
                        range,
                        "False",
                        "Terminating",
                        "There are still IPAddresses referencing the ServiceCIDR, please remove"
                            + " them or create a new ServiceCIDR")
                    : finalizers(range, false);
          };
    };
  }

  private Outcome tell(RangeView range, String ready, String reason, String message) {
    Condition next = new Condition(READY, ready, reason, message, "", context.now().toString());
    List<Condition> all = Condition.with(range.conditions(), next);
    if (all.equals(range.conditions())) {
      return Outcome.DONE;
    }
    ObjectNode told = range.object().tree().withObject("/status");
    Condition.write(told.putArray("conditions"), all);
    for (var condition : told.path("conditions")) {
      if (condition instanceof ObjectNode node && !node.has("reason")) {
        node.put("reason", ""); // the API always shows it
      }
    }
    return status.write(range.object(), told).orElse(Outcome.DONE);
  }

  /** Holds the range, or lets it go. */
  private Outcome finalizers(RangeView range, boolean hold) {
    List<String> all = new ArrayList<>(range.object().meta().finalizers());
    all.remove(RangeView.FINALIZER);
    if (hold) {
      all.add(RangeView.FINALIZER);
    }
    ObjectNode tree = range.object().tree();
    ArrayNode array = Json.mapper().createArrayNode();
    all.forEach(array::add);
    tree.withObject("/metadata").set("finalizers", array);
    return client.update(range.key(), tree) instanceof ApiResult.Refused<ApiObject>(Status refused)
            && refused.reason() != Reason.NOT_FOUND
        ? Outcome.of(refused)
        : Outcome.DONE;
  }
}

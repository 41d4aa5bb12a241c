package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.KeyWrites;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the older Endpoints object of every Service with a selector, under the Service's name. Keys
 * are Services.
 */
public final class EndpointsController implements Reconciler {

  private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  private static final String MANAGER = "endpoint-controller";

  private final ApiClient client;
  private final Informer<ServiceView> services;
  private final Informer<PodView> pods;
  private final Informer<ApiObject> endpoints;
  private final OwnWrites writes = new OwnWrites();

  private EndpointsController(ControllerContext context) {
    this.client = context.client("endpoint-controller");
    this.services = context.informer(ServiceView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.endpoints = context.informer(EndpointsObject.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    EndpointsController controller = new EndpointsController(context);
    controller.services.onChange(service -> queue.add(service.key()));
    controller.pods.onChange(pod -> ServiceKeys.of(controller.services, pod).forEach(queue::add));
    controller.endpoints.onChange(object -> queue.add(EndpointsObject.serviceOf(object.key())));
    return new ControllerLoop("endpoints", queue, controller, 8);
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(Duration.ofSeconds(1));
    }
    ObjectKey own = EndpointsObject.of(key);
    Optional<ApiObject> present = endpoints.get(own);
    Optional<ServiceView> service = services.get(key);
    if (service.isEmpty()) {
      KeyWrites all = new KeyWrites(key, client, endpoints, writes);
      present.filter(EndpointsController::managed).ifPresent(all::delete);
      return all.outcome();
    }
    if (service.get().selector().isEmpty() || service.get().object().meta().deleting()) {
      return Outcome.DONE;
    }
    return write(service.get(), own, present);
  }

  private static boolean managed(ApiObject object) {
    return MANAGER.equals(object.meta().labels().get(MANAGED_BY));
  }

  private Outcome write(ServiceView service, ObjectKey own, Optional<ApiObject> present) {
    ObjectNode tree = present.map(ApiObject::tree).orElseGet(() -> blank(own));
    ObjectNode before = Subsets.normalized(tree);
    fill(tree, service);
    ObjectNode after = Subsets.normalized(tree);
    if (present.isPresent() && after.equals(before)) {
      return Outcome.DONE;
    }
    TriggerTime.write(
        tree,
        present.isEmpty()
            ? TriggerTime.created(service)
            : TriggerTime.of(
                Subsets.states(before), Subsets.states(after), ServiceKeys.pods(pods, service)));
    KeyWrites all = new KeyWrites(service.key(), client, endpoints, writes);
    if (present.isPresent()) {
      all.update(own, tree);
    } else {
      all.create(ResourceScope.namespace(Kinds.ENDPOINTS, own.cluster(), own.namespace()), tree);
    }
    return all.outcome();
  }

  private static ObjectNode blank(ObjectKey own) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "v1").put("kind", "Endpoints");
    tree.putObject("metadata").put("name", own.name()).put("namespace", own.namespace());
    return tree;
  }

  private void fill(ObjectNode tree, ServiceView service) {
    ObjectNode labels = tree.withObject("/metadata").putObject("labels");
    service.object().meta().labels().forEach(labels::put);
    labels.put(MANAGED_BY, MANAGER);
    if (service.headless()) {
      labels.put("service.kubernetes.io/headless", "");
    }
    Map<Backends.Group, List<Endpoint>> groups =
        Backends.withoutTerminating(
            service, Backends.of(service, ServiceKeys.pods(pods, service), node -> ""));
    tree.set("subsets", Subsets.of(groups));
    if (Subsets.tooMany(groups)) {
      tree.withObject("/metadata/annotations").put(Subsets.OVER_CAPACITY, "truncated");
    } else if (tree.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove(Subsets.OVER_CAPACITY);
    }
  }
}

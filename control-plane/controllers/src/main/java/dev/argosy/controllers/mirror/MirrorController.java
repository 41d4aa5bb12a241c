package dev.argosy.controllers.mirror;

import dev.argosy.controllers.endpoints.EndpointsObject;
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
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the slices that mirror Endpoints. Keys are Endpoints. */
public final class MirrorController implements Reconciler {

  private final ApiClient client;
  private final Informer<ApiObject> endpoints;
  private final Informer<MirroredService> services;
  private final Informer<MirrorSlice> slices;
  private final OwnWrites writes = new OwnWrites();

  private MirrorController(ControllerContext context) {
    this.client = context.client("endpointslicemirroring-controller");
    this.endpoints = context.informer(EndpointsObject.EVERYWHERE);
    this.services = context.informer(MirroredService.EVERYWHERE);
    this.slices = context.informer(MirrorSlice.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    MirrorController controller = new MirrorController(context);
    controller.endpoints.onChange(object -> queue.add(object.key()));
    controller.services.onChange(service -> queue.add(EndpointsObject.of(service.key())));
    controller.slices.onChange(slice -> queue.add(slice.endpoints()));
    return new ControllerLoop("endpointslice-mirroring", queue, controller, 4);
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(Duration.ofSeconds(1));
    }
    Optional<ApiObject> found = endpoints.get(key).filter(Mirrored::wanted);
    boolean byHand =
        services
            .get(EndpointsObject.serviceOf(key))
            .filter(service -> !service.selects())
            .isPresent();
    List<MirrorSlice> present = slices.find(MirrorSlice.BY_ENDPOINTS, key.toString());
    List<ObjectNode> wanted = byHand && found.isPresent() ? Mirrored.of(found.get()) : List.of();
    return present.isEmpty() && wanted.isEmpty()
        ? Outcome.DONE
        : apply(key, MirrorPlan.of(present, wanted));
  }

  private Outcome apply(ObjectKey key, MirrorPlan plan) {
    KeyWrites all = new KeyWrites(key, client, slices, writes);
    ResourceScope scope =
        ResourceScope.namespace(Kinds.ENDPOINT_SLICES, key.cluster(), key.namespace());
    plan.create().forEach(slice -> all.create(scope, slice));
    plan.update().forEach((slice, tree) -> all.update(slice.key(), tree));
    plan.delete().forEach(slice -> all.delete(slice.object()));
    return all.outcome();
  }
}

package dev.argosy.controllers.mirror;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the slices that mirror Endpoints. Keys are Endpoints. */
public final class MirrorController implements Reconciler {

  private static final InformerSpec<ApiObject> ENDPOINTS =
      InformerSpec.<ApiObject>of(
          ResourceScope.everywhere(Kinds.ENDPOINTS), (ApiObject object) -> object);

  private final ApiClient client;
  private final Informer<ApiObject> endpoints;
  private final Informer<MirroredService> services;
  private final Informer<MirrorSlice> slices;
  private final OwnWrites writes = new OwnWrites();

  private MirrorController(ControllerContext context) {
    this.client = context.client("endpointslicemirroring-controller");
    this.endpoints = context.informer(ENDPOINTS);
    this.services = context.informer(MirroredService.EVERYWHERE);
    this.slices = context.informer(MirrorSlice.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    MirrorController controller = new MirrorController(context);
    controller.endpoints.onChange(object -> queue.add(object.key()));
    controller.services.onChange(service -> queue.add(at(Kinds.ENDPOINTS, service.key())));
    controller.slices.onChange(slice -> queue.add(slice.endpoints()));
    return new ControllerLoop("endpointslice-mirroring", queue, controller, 4);
  }

  private static ObjectKey at(GroupResource resource, ObjectKey key) {
    return new ObjectKey(resource, key.cluster(), key.namespace(), key.name());
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(Duration.ofSeconds(1));
    }
    Optional<ApiObject> found = endpoints.get(key).filter(Mirrored::wanted);
    boolean byHand =
        services.get(at(Kinds.SERVICES, key)).filter(service -> !service.selects()).isPresent();
    List<MirrorSlice> present = slices.find(MirrorSlice.BY_ENDPOINTS, key.toString());
    List<ObjectNode> wanted = byHand && found.isPresent() ? Mirrored.of(found.get()) : List.of();
    return present.isEmpty() && wanted.isEmpty()
        ? Outcome.DONE
        : apply(key, MirrorPlan.of(present, wanted));
  }

  private Outcome apply(ObjectKey key, MirrorPlan plan) {
    ResourceScope scope =
        ResourceScope.namespace(Kinds.ENDPOINT_SLICES, key.cluster(), key.namespace());
    Outcome outcome = Outcome.DONE;
    for (ObjectNode slice : plan.create()) {
      outcome = worse(outcome, key, client.create(scope, slice));
    }
    for (Map.Entry<MirrorSlice, ObjectNode> entry : plan.update().entrySet()) {
      outcome = worse(outcome, key, client.update(entry.getKey().key(), entry.getValue()));
    }
    for (MirrorSlice slice : plan.delete()) {
      ObjectKey gone = slice.key();
      ApiResult<ApiObject> result =
          client.delete(gone, DeleteOptions.ofUid(slice.object().meta().uid()));
      if (result instanceof ApiResult.Ok) {
        writes.expect(key, slices, () -> slices.get(gone).isEmpty());
      } else if (!result.refusedFor(Reason.NOT_FOUND)) {
        outcome = worse(outcome, key, result);
      }
    }
    return outcome;
  }

  private Outcome worse(Outcome before, ObjectKey key, ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        writes.expect(key, slices, written);
        yield before;
      }
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }
}

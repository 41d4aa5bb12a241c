package dev.argosy.controllers.volume;

import dev.argosy.controllers.pod.PodClaims;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the volume claims of pods' ephemeral volumes; they belong to their pod and go with it. A
 * claim of that name that is somebody else's is left alone, and the pod is told. Keys are pods.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes">
 *     Generic ephemeral volumes</a>
 */
public final class EphemeralController implements Reconciler {

  private final ApiClient client;
  private final EventRecorder events;
  private final Informer<PodView> pods;
  private final Informer<ClaimView> claims;

  private EphemeralController(ControllerContext context) {
    this.client = context.client("ephemeral-volume-controller");
    this.events = context.events("ephemeral_volume");
    this.pods = context.informer(PodView.EVERYWHERE);
    this.claims = context.informer(ClaimView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    EphemeralController controller = new EphemeralController(context);
    controller.pods.onChange(pod -> {
      if (pod.active() && controller.lacks(pod)) {
        queue.add(pod.key());
      }
    });
    controller.claims.onChange(claim -> {
      if (controller.claims.get(claim.key()).isEmpty()) {
        controller
            .pods
            .find(PodView.BY_CLAIM, PodView.claim(claim.key()))
            .forEach(pod -> queue.add(pod.key()));
      }
    });
    return new ControllerLoop("ephemeral-volume", queue, controller, 4);
  }

  private boolean lacks(PodView pod) {
    return !pod.claims().made().stream()
        .allMatch(name ->
            claims
                .get(pod.claim(name))
                .filter(claim -> PodClaims.isOf(claim.object(), pod.uid()))
                .isPresent());
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<PodView> pod =
        pods.get(key).filter(PodView::active).filter(p -> !p.claims().made().isEmpty());
    Outcome outcome = Outcome.DONE;
    if (pod.isPresent()) {
      for (JsonNode volume : pod.get().object().tree().at("/spec/volumes")) {
        if (volume.path("ephemeral").isObject()
            && complete(pod.get(), volume) instanceof Outcome.Retry retry) {
          outcome = retry;
        }
      }
    }
    return outcome;
  }

  private Outcome complete(PodView pod, JsonNode volume) {
    String name = PodClaims.ofVolume(pod.name(), volume.path("name").asString(""));
    Optional<ApiObject> present = claims.get(pod.claim(name)).map(ClaimView::object);
    if (present.isPresent()) {
      return isIts(pod, present.get());
    }
    ResourceScope scope =
        ResourceScope.namespace(Kinds.VOLUME_CLAIMS, pod.key().cluster(), pod.key().namespace());
    return switch (client.create(scope, claim(pod, name, volume))) {
      case ApiResult.Ok<ApiObject> made -> Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status)
          when status.reason() == Reason.ALREADY_EXISTS ->
          client
              .get(pod.claim(name))
              .orAbsent()
              .map(live -> isIts(pod, live))
              .orElse(new Outcome.Retry("the claim was there a moment ago"));
      case ApiResult.Refused<ApiObject>(Status status) ->
          problem(pod, "create PVC " + name + ": " + status.message());
    };
  }

  private Outcome isIts(PodView pod, ApiObject claim) {
    String namespace = pod.key().namespace();
    return PodClaims.isOf(claim, pod.uid())
        ? Outcome.DONE
        : problem(
            pod,
            "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
                .formatted(namespace, claim.name(), namespace, pod.name()));
  }

  private Outcome problem(PodView pod, String message) {
    events.warning(Subject.of("v1", "Pod", pod.object()), "FailedBinding", message);
    return new Outcome.Retry(message);
  }

  private static ObjectNode claim(PodView pod, String name, JsonNode volume) {
    JsonNode template = volume.path("ephemeral").path("volumeClaimTemplate");
    ObjectNode claim =
        Owned.newObject(
            "v1",
            "PersistentVolumeClaim",
            pod.key().namespace(),
            Owned.by("v1", "Pod", pod.object()));
    ObjectNode meta = claim.withObject("/metadata").put("name", name);
    for (String field : new String[] {"labels", "annotations"}) {
      if (template.path("metadata").path(field).isObject()) {
        meta.set(field, template.path("metadata").path(field).deepCopy());
      }
    }
    claim.set("spec", template.path("spec").deepCopy());
    return claim;
  }
}

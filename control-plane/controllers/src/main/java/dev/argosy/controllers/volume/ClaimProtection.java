package dev.argosy.controllers.volume;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a deleted claim go when no pod uses it any more. What is remembered of pods may be a moment
 * old, and a claim does not come back: the store has the last word.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection">
 *     Storage Object in Use Protection</a>
 */
public final class ClaimProtection implements Reconciler {

  private static final String FINALIZER = "kubernetes.io/pvc-protection";

  private final ApiClient client;
  private final Informer<ClaimView> claims;
  private final Informer<PodView> pods;

  private ClaimProtection(ControllerContext context) {
    this.client = context.client("pvc-protection-controller");
    this.claims = context.informer(ClaimView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    ClaimProtection controller = new ClaimProtection(context);
    controller.claims.onChange(claim -> {
      if (claim.deleting()) {
        queue.add(claim.key());
      }
    });
    controller.pods.onChange(pod -> {
      boolean over = pod.terminal() || controller.pods.get(pod.key()).isEmpty();
      if (over) {
        pod.claims().all().forEach(name -> queue.add(pod.claim(name)));
      }
    });
    return new ControllerLoop("pvc-protection", queue, controller, 4);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<ClaimView> claim =
        claims
            .get(key)
            .filter(c -> c.deleting() && c.object().meta().finalizers().contains(FINALIZER));
    if (claim.isEmpty() || used(claim.get())) {
      return Outcome.DONE;
    }
    switch (client.list(podsBeside(key), ListOptions.EVERYTHING)) {
      case ApiResult.Refused<ObjectList>(Status status) -> {
        return Outcome.of(status);
      }
      case ApiResult.Ok<ObjectList>(ObjectList live) -> {
        if (live.items().stream().map(PodView::of).anyMatch(pod -> uses(pod, claim.get()))) {
          return Outcome.DONE;
        }
      }
    }
    ObjectNode tree = claim.get().object().tree();
    ArrayNode kept = Json.mapper().createArrayNode();
    claim.get().object().meta().finalizers().stream()
        .filter(f -> !f.equals(FINALIZER))
        .forEach(kept::add);
    tree.withObject("/metadata").set("finalizers", kept);
    return client.update(key, tree) instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != Reason.NOT_FOUND
        ? Outcome.of(status)
        : Outcome.DONE;
  }

  private boolean used(ClaimView claim) {
    return pods.find(PodView.BY_CLAIM, PodView.claim(claim.key())).stream()
        .anyMatch(pod -> uses(pod, claim));
  }

  private static boolean uses(PodView pod, ClaimView claim) {
    return !pod.terminal() && pod.claims().use(claim.object(), pod.uid());
  }

  private static ResourceScope podsBeside(ObjectKey claim) {
    return ResourceScope.namespace(Kinds.PODS, claim.cluster(), claim.namespace());
  }
}

package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;

/**
 * Lets a deleted claim go that was copied, once no copy of it is in the making. Keys are claims.
 */
public final class CloneProtection implements Reconciler {

  /** The one that drivers' own provisioners have, too. */
  static final String FINALIZER = "provisioner.storage.kubernetes.io/cloning-protection";

  private final ApiClient client;
  private final Informer<ClaimView> claims;

  private CloneProtection(ControllerContext context) {
    this.client = context.client("csi-provisioner");
    this.claims = context.informer(ClaimView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    CloneProtection controller = new CloneProtection(context);
    controller.claims.onChange(claim -> {
      if (claim.deleting()) {
        queue.add(claim.key());
      }
      claim.source().ifPresent(queue::add);
    });
    return new ControllerLoop("csi-clone-protection", queue, controller, 1);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<ClaimView> claim =
        claims.get(key).filter(c -> c.deleting() && Finalizers.has(c.object(), FINALIZER));
    boolean copied =
        claims.find(ClaimView.BY_SOURCE, ClaimView.filed(key)).stream()
            .anyMatch(copy -> copy.volume().isEmpty());
    if (claim.isEmpty() || copied) {
      return Outcome.DONE;
    }
    ApiResult<ApiObject> result =
        client.update(key, Finalizers.without(claim.get().object(), FINALIZER));
    return result instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != Reason.NOT_FOUND
        ? new Outcome.Retry(status.message())
        : Outcome.DONE;
  }
}

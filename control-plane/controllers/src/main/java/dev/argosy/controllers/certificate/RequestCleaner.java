package dev.argosy.controllers.certificate;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes requests an hour after they were approved, denied or failed, a day after nobody said
 * anything, and when what was issued has expired; those of pods a quarter of an hour after they
 * were made, by when their nodes have what they asked for, or ask anew.
 */
public final class RequestCleaner implements Reconciler {

  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<RequestView> requests;

  private RequestCleaner(ControllerContext context, InformerSpec<RequestView> which) {
    this.context = context;
    this.client = context.client("certificate-controller");
    this.requests = context.informer(which);
  }

  public static ControllerLoop create(ControllerContext context) {
    return create(context, "certificate-cleaner", RequestView.EVERYWHERE);
  }

  /** Of requests that nodes make for their pods. */
  public static ControllerLoop ofPods(ControllerContext context) {
    return create(context, "pod-certificate-cleaner", RequestView.OF_PODS);
  }

  private static ControllerLoop create(
      ControllerContext context, String name, InformerSpec<RequestView> which) {
    KeyQueue queue = context.queue();
    RequestCleaner controller = new RequestCleaner(context, which);
    controller.requests.onChange(request -> queue.add(request.key()));
    return new ControllerLoop(name, queue, controller, 2);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<RequestView> request = requests.get(key).filter(r -> !r.deleting());
    if (request.isEmpty()) {
      return Outcome.DONE;
    }
    Duration left = Duration.between(context.now(), request.get().end());
    return left.isPositive()
        ? Outcome.requeueAfter(left)
        : Outcome.ofDeletion(client.delete(key, DeleteOptions.ofUid(request.get().uid())));
  }
}

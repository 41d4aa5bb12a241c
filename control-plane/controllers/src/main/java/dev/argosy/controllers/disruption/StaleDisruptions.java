package dev.argosy.controllers.disruption;

import dev.argosy.controllers.pod.Disruption;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes the condition {@code DisruptionTarget} back from pods that were not deleted after all, so
 * that a later failure is not taken for a disruption. Keys are pods.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions">
 *     Pod disruption conditions</a>
 */
public final class StaleDisruptions implements Reconciler {

  /** How long after it was said that a pod ends its deletion may still come. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<PodView> pods;

  private StaleDisruptions(ControllerContext context) {
    this.context = context;
    this.client = context.client("disruption-controller");
    this.pods = context.informer(PodView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    StaleDisruptions controller = new StaleDisruptions(context);
    controller.pods.onChange(pod -> {
      if (waits(pod)) {
        queue.add(pod.key());
      }
    });
    return new ControllerLoop("stale-disruptions", queue, controller, 2);
  }

  private static boolean waits(PodView pod) {
    return pod.disrupted().isPresent() && pod.active();
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<PodView> pod = pods.get(key).filter(StaleDisruptions::waits);
    if (pod.isEmpty()) {
      return Outcome.DONE;
    }
    Duration left =
        Duration.between(context.now(), pod.get().disrupted().orElseThrow().plus(PATIENCE));
    if (left.isPositive()) {
      return Outcome.requeueAfter(left);
    }
    return client.patch(key, "status", Disruption.takenBack(pod.get(), context.now()))
                instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != Reason.NOT_FOUND
            && status.reason() != Reason.CONFLICT
        ? Outcome.of(status)
        : Outcome.DONE;
  }
}

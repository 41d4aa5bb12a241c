package dev.argosy.controllers.podgc;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;

/**
 * Removes the oldest pods of a cluster in which too many have ended. Keys stand for clusters; one
 * in which no pod ends is not looked at.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection">
 *     Garbage collection of Pods</a>
 */
public final class EndedPodsController implements Reconciler {

  /** As many as Kubernetes lets be in a cluster. */
  static final int MOST = 12_500;

  /** So often at most. */
  static final Duration PERIOD = Duration.ofSeconds(20);

  private final ApiClient client;
  private final Informer<PodView> pods;
  private final int most;

  private EndedPodsController(ControllerContext context, int most) {
    this.client = context.client("pod-garbage-collector");
    this.pods = context.informer(PodView.EVERYWHERE);
    this.most = most;
  }

  public static ControllerLoop create(ControllerContext context) {
    return create(context, MOST);
  }

  /**
   * @param most how many may be in a cluster
   */
  static ControllerLoop create(ControllerContext context, int most) {
    KeyQueue queue = context.queue();
    EndedPodsController controller = new EndedPodsController(context, most);
    controller.pods.onChange(pod -> {
      if (pod.terminal()) {
        queue.addAfter(new ObjectKey(Kinds.PODS, pod.key().cluster(), "", "ended"), PERIOD);
      }
    });
    return new ControllerLoop("ended-pods", queue, controller, 2);
  }

  @Override
  public Outcome reconcile(ObjectKey cluster) {
    Outcome outcome = Outcome.DONE;
    for (PodView pod : EndedPods.beyond(most, pods.find(PodView.BY_END, cluster.cluster()))) {
      Outcome deleted = Outcome.ofDeletion(client.delete(pod.key(), DeleteOptions.now(pod.uid())));
      outcome = deleted.equals(Outcome.DONE) ? outcome : deleted;
    }
    return outcome;
  }
}

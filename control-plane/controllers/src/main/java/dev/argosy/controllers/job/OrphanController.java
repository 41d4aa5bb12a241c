package dev.argosy.controllers.job;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;

/** Lets pods go that wait for a Job to count them when there is no such Job. Keys are pods. */
public final class OrphanController implements Reconciler {

  private final ApiClient client;
  private final Informer<JobView> jobs;
  private final Informer<PodView> pods;

  private OrphanController(ControllerContext context) {
    this.client = context.client("job-controller");
    this.jobs = context.informer(JobView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    OrphanController controller = new OrphanController(context);
    controller.pods.onChange(pod -> {
      if (controller.waitsInVain(pod)) {
        queue.add(pod.key());
      }
    });
    controller.jobs.onChange(job -> {
      if (controller.jobs.get(job.key()).filter(j -> j.uid().equals(job.uid())).isEmpty()) {
        controller.pods.find(PodView.BY_OWNER, job.uid()).forEach(pod -> queue.add(pod.key()));
      }
    });
    return new ControllerLoop("job-orphans", queue, controller, 4);
  }

  private boolean waitsInVain(PodView pod) {
    return pod.object().meta().finalizers().contains(JobPod.FINALIZER) && job(pod).isEmpty();
  }

  private Optional<JobView> job(PodView pod) {
    ObjectKey key = pod.key();
    Optional<OwnerReference> owner =
        pod.object().meta().controller().filter(o -> o.kind().equals("Job"));
    return owner
        .flatMap(o -> jobs.get(new ObjectKey(Kinds.JOBS, key.cluster(), key.namespace(), o.name())))
        .filter(job -> owner.filter(o -> o.uid().equals(job.uid())).isPresent());
  }

  /** What the image does not have may be too new for it, so the API is asked. */
  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<PodView> pod = pods.get(key).filter(this::waitsInVain);
    if (pod.isEmpty() || present(pod.get())) {
      return Outcome.DONE;
    }
    return Release.of(client, pod.get().object())
                instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != Reason.NOT_FOUND
        ? new Outcome.Retry(status.message())
        : Outcome.DONE;
  }

  private boolean present(PodView pod) {
    ObjectKey key = pod.key();
    return pod.object().meta().controller().stream()
        .filter(o -> o.kind().equals("Job"))
        .anyMatch(owner ->
            client
                .get(new ObjectKey(Kinds.JOBS, key.cluster(), key.namespace(), owner.name()))
                .orAbsent()
                .filter(job -> job.meta().uid().equals(owner.uid()))
                .isPresent());
  }
}

package dev.argosy.controllers.job;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Claims;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs the pods of Jobs to their end. */
public final class JobController implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final Informer<JobView> jobs;
  private final Informer<PodView> pods;
  private final OwnWrites writes = new OwnWrites();
  private final Claims<PodView> claims;
  private final JobWriter writer;
  private final Map<ObjectKey, BackOff> backOffs = new ConcurrentHashMap<>();

  private JobController(ControllerContext context) {
    this.context = context;
    this.jobs = context.informer(JobView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.claims =
        new Claims<>(context.client("job-controller"), pods, PodView::object, writes)
            .withFinalizer(JobPod.FINALIZER);
    this.writer = new JobWriter(context, jobs, pods, writes);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    JobController controller = new JobController(context);
    controller.jobs.onChange(job -> queue.add(job.key()));
    controller.pods.onChange(pod -> controller.jobsOf(pod).forEach(queue::add));
    return new ControllerLoop("job", queue, controller, 16);
  }

  private List<ObjectKey> jobsOf(PodView pod) {
    ObjectKey key = pod.key();
    Optional<OwnerReference> owner = pod.object().meta().controller();
    if (owner.isPresent()) {
      return owner.get().kind().equals("Job")
          ? List.of(new ObjectKey(Kinds.JOBS, key.cluster(), key.namespace(), owner.get().name()))
          : List.of();
    }
    return JobView.BY_SELECTOR.matching(jobs, pod.object()).map(JobView::key).toList();
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<JobView> found = jobs.get(key).filter(job -> job.ours() && !job.finished());
    if (found.isEmpty()) {
      backOffs.remove(key);
      return Outcome.DONE;
    }
    JobView job = found.get();
    BackOff before = backOffs.getOrDefault(key, BackOff.NONE);
    JobPlan plan = JobPlan.of(job, owned(job), before, context.now());
    JobWriter.Done done = writer.apply(job, plan);
    done.accounted().ifPresent(account -> backOffs.put(key, account.backOff()));
    if (done.failure().isPresent()) {
      return done.failure().get();
    }
    return plan.again()
        .map(left -> Outcome.requeueAfter(left.isPositive() ? left : AGAIN))
        .orElse(Outcome.DONE);
  }

  private List<JobPod> owned(JobView job) {
    String place = PodView.place(job.key().cluster(), job.key().namespace());
    List<PodView> orphans =
        pods.find(PodView.BY_ORPHANAGE, place).stream().filter(PodView::active).toList();
    return claims
        .of(job.owner(), job.selector(), pods.find(PodView.BY_OWNER, job.uid()), orphans)
        .stream()
        .map(JobPod::of)
        .toList();
  }
}

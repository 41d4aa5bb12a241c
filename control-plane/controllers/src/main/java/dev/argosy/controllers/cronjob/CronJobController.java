package dev.argosy.controllers.cronjob;

import dev.argosy.controllers.job.JobView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts the Jobs of CronJobs at their times. */
public final class CronJobController implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final Informer<CronJobView> crons;
  private final Informer<JobView> jobs;
  private final OwnWrites writes = new OwnWrites();
  private final CronWriter writer;

  private CronJobController(ControllerContext context) {
    this.context = context;
    this.crons = context.informer(CronJobView.EVERYWHERE);
    this.jobs = context.informer(JobView.EVERYWHERE);
    this.writer = new CronWriter(context, crons, jobs, writes);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    CronJobController controller = new CronJobController(context);
    controller.crons.onChange(cron -> queue.add(cron.key()));
    controller.jobs.onChange(job ->
        job.object()
            .meta()
            .controller()
            .filter(o -> o.kind().equals("CronJob"))
            .ifPresent(owner ->
                queue.add(
                    new ObjectKey(
                        Kinds.CRON_JOBS,
                        job.key().cluster(),
                        job.key().namespace(),
                        owner.name()))));
    return new ControllerLoop("cronjob", queue, controller, 8);
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<CronJobView> found = crons.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    CronJobView cron = found.get();
    Instant now = context.now();
    CronPlan plan = CronPlan.of(cron, jobs.find(JobView.BY_OWNER, cron.uid()), now);
    Optional<Outcome> failure = writer.apply(cron, plan);
    return failure.orElseGet(() -> plan.next().map(next -> at(next, now)).orElse(Outcome.DONE));
  }

  /** Whole seconds are compared, so it must not come early by a fraction of one. */
  private static Outcome at(Instant next, Instant now) {
    Duration left = Duration.between(now, next);
    return Outcome.requeueAfter(left.isPositive() ? left : AGAIN);
  }
}

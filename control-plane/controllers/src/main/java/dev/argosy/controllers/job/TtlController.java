package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes Jobs {@code ttlSecondsAfterFinished} after they have finished, with their pods.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/">
 *     Automatic cleanup for finished Jobs</a>
 */
public final class TtlController implements Reconciler {

  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<JobView> jobs;

  private TtlController(ControllerContext context) {
    this.context = context;
    this.client = context.client("ttl-after-finished-controller");
    this.jobs = context.informer(JobView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    TtlController controller = new TtlController(context);
    controller.jobs.onChange(job -> {
      if (due(job).isPresent()) {
        queue.add(job.key());
      }
    });
    return new ControllerLoop("ttl-after-finished", queue, controller, 4);
  }

  private static Optional<Instant> due(JobView job) {
    if (job.deleting()) {
      return Optional.empty();
    }
    return job.limits()
        .keep()
        .flatMap(keep ->
            job.status().conditions().stream()
                .filter(c -> c.type().equals("Complete") || c.type().equals("Failed"))
                .filter(c -> c.status().equals("True") && !c.changed().isEmpty())
                .map(Condition::changed)
                .findFirst()
                .map(at -> Instant.parse(at).plus(keep)));
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<JobView> found = jobs.get(key);
    Optional<Instant> due = found.flatMap(TtlController::due);
    if (due.isEmpty()) {
      return Outcome.DONE;
    }
    Duration left = Duration.between(context.now(), due.get());
    if (left.isPositive()) {
      return Outcome.requeueAfter(left);
    }
    JobView job = found.orElseThrow();
    String version = Long.toString(job.object().revision());
    return Outcome.ofDeletion(
        client.delete(key, new DeleteOptions(null, "Foreground", job.uid(), version)));
  }
}

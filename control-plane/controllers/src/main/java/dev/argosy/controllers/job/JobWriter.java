package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.StatusWriter;
import dev.argosy.controllers.workload.PodWriter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Carries out a plan, in its order. */
final class JobWriter {

  private static final String NAME = "job-controller";

  private final ApiClient client;
  private final Informer<PodView> pods;
  private final OwnWrites writes;
  private final EventRecorder events;
  private final PodWriter writer;
  private final StatusWriter<JobView> statuses;

  JobWriter(
      ControllerContext context, Informer<JobView> jobs, Informer<PodView> pods, OwnWrites writes) {
    this.client = context.client(NAME);
    this.pods = pods;
    this.writes = writes;
    this.events = context.events(NAME);
    this.writer = new PodWriter(client, pods, writes, events);
    this.statuses = new StatusWriter<>(client, jobs, writes);
  }

  /**
   * How far it came.
   *
   * @param accounted what the status tells now; empty if it could not be written
   * @param failure why the plan could not be carried out to its end
   */
  record Done(Optional<JobPlan.Account> accounted, Optional<Outcome> failure) {}

  /** Pods that are over do not wait for new ones, which may be refused, as by a quota. */
  Done apply(JobView job, JobPlan plan) throws InterruptedException {
    Optional<Outcome> failure = Optional.empty();
    if (plan.changes().forget()) {
      failure = release(job, plan.changes().delete());
    }
    if (failure.isPresent()) {
      return new Done(Optional.empty(), failure);
    }
    Optional<Status> refusal =
        writer.delete(job.owner(), plan.changes().delete().stream().map(JobPod::view).toList());
    if (refusal.isPresent()) {
      return new Done(Optional.empty(), refusal.map(Outcome::of));
    }
    List<ObjectNode> wanted =
        plan.changes().create().stream().map(pod -> JobPods.pod(job, pod)).toList();
    Optional<Outcome> refused = writer.create(job.owner(), wanted).map(Outcome::of);
    JobPlan.Account account = refused.isEmpty() ? plan.account() : plan.accountWithoutNew();
    failure = writeStatus(job, account.status());
    if (failure.isPresent()) {
      return new Done(Optional.empty(), failure);
    }
    return new Done(Optional.of(account), release(job, plan.release()).or(() -> refused));
  }

  private Optional<Outcome> release(JobView job, List<JobPod> all) {
    Optional<Outcome> failure = Optional.empty();
    for (JobPod pod : all) {
      if (failure.isEmpty()) {
        failure = release(job, pod);
      }
    }
    return failure;
  }

  private Optional<Outcome> writeStatus(JobView job, JobStatus status) {
    if (status.equals(job.status())) {
      return Optional.empty();
    }
    Optional<Outcome> failure = statuses.write(job.object(), status.toJson());
    if (failure.isEmpty()) {
      tell(job, status);
    }
    return failure;
  }

  private void tell(JobView job, JobStatus status) {
    for (Condition condition : status.conditions()) {
      boolean before =
          Condition.find(job.status().conditions(), condition.type())
              .filter(c -> c.status().equals(condition.status()))
              .isPresent();
      if (!before) {
        tell(job, condition);
      }
    }
  }

  private void tell(JobView job, Condition condition) {
    switch (condition.type()) {
      case "Complete" -> events.normal(job.owner().subject(), "Completed", "Job completed");
      case "Failed" ->
          events.warning(job.owner().subject(), condition.reason(), condition.message());
      case "Suspended" ->
          events.normal(
              job.owner().subject(),
              condition.status().equals("True") ? "Suspended" : "Resumed",
              condition.message());
      default -> {
        // what is only announced is told when it is done
      }
    }
  }

  private Optional<Outcome> release(JobView job, JobPod pod) {
    if (!pod.tracked()) {
      return Optional.empty();
    }
    if (Release.of(client, pod.view().object())
            instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.NOT_FOUND) {
      return Optional.of(new Outcome.Retry(status.message()));
    }
    ObjectKey key = pod.view().key();
    writes.expect(
        job.key(),
        pods,
        () ->
            pods.get(key)
                .filter(p -> p.uid().equals(pod.uid()) && JobPod.of(p).tracked())
                .isEmpty());
    return Optional.empty();
  }
}

package dev.argosy.controllers.cronjob;

import dev.argosy.controllers.job.JobView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.controllers.runtime.StatusWriter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out the plans for CronJobs. */
final class CronWriter {

  private static final String NAME = "cronjob-controller";
  private static final String TIME = "batch.kubernetes.io/cronjob-scheduled-timestamp";

  private final ApiClient client;
  private final StatusWriter<CronJobView> statuses;
  private final Informer<JobView> jobs;
  private final OwnWrites writes;
  private final EventRecorder events;

  CronWriter(
      ControllerContext context,
      Informer<CronJobView> crons,
      Informer<JobView> jobs,
      OwnWrites writes) {
    this.client = context.client(NAME);
    this.statuses = new StatusWriter<>(client, crons, writes);
    this.jobs = jobs;
    this.writes = writes;
    this.events = context.events(NAME);
  }

  /** Answers what kept it from being carried out. */
  Optional<Outcome> apply(CronJobView cron, CronPlan plan) {
    plan.notes().forEach(note -> tell(cron, note));
    for (JobView job : plan.delete()) {
      Optional<Outcome> failure = delete(cron, job);
      if (failure.isPresent()) {
        return failure;
      }
    }
    CronStatus status = plan.status();
    if (plan.start().isPresent()) {
      Instant time = plan.start().get();
      switch (start(cron, time)) {
        case ApiResult.Ok<ApiObject>(ApiObject job) ->
            status = status.startedAt(time, CronStatus.Ref.to(job));
        case ApiResult.Refused<ApiObject>(Status refused) -> {
          writeStatus(cron, status);
          return Optional.of(Outcome.of(refused));
        }
      }
    }
    return writeStatus(cron, status);
  }

  private void tell(CronJobView cron, CronPlan.Note note) {
    if (note.warning()) {
      events.warning(cron.owner().subject(), note.reason(), note.message());
    } else {
      events.normal(cron.owner().subject(), note.reason(), note.message());
    }
  }

  private Optional<Outcome> delete(CronJobView cron, JobView job) {
    ApiResult<ApiObject> result =
        client.delete(job.key(), new DeleteOptions(null, "Background", job.uid(), null));
    if (result instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.NOT_FOUND
        && status.reason() != Reason.CONFLICT) {
      events.warning(cron.owner().subject(), "FailedDelete", "Deleted job: " + status.message());
      return Optional.of(Outcome.of(status));
    }
    events.normal(cron.owner().subject(), "SuccessfulDelete", "Deleted job " + job.name());
    ObjectKey key = job.key();
    writes.expect(
        cron.key(),
        jobs,
        () -> jobs.get(key).filter(j -> j.uid().equals(job.uid()) && !j.deleting()).isEmpty());
    return Optional.empty();
  }

  /** Another's Job of this name is no reason to try again; an own one was started before. */
  private ApiResult<ApiObject> start(CronJobView cron, Instant time) {
    ApiResult<ApiObject> result = client.create(cron.owner().beside(Kinds.JOBS), job(cron, time));
    if (result.refusedFor(Reason.ALREADY_EXISTS)) {
      ObjectKey key = cron.key();
      result =
          client.get(new ObjectKey(Kinds.JOBS, key.cluster(), key.namespace(), cron.jobName(time)));
    } else if (result instanceof ApiResult.Refused<ApiObject>(Status status)) {
      events.warning(
          cron.owner().subject(), "FailedCreate", "Error creating job: " + status.message());
    } else {
      events.normal(
          cron.owner().subject(), "SuccessfulCreate", "Created job " + cron.jobName(time));
    }
    if (result instanceof ApiResult.Ok<ApiObject>(ApiObject job)) {
      writes.expect(cron.key(), jobs, job);
    }
    return result;
  }

  private static ObjectNode job(CronJobView cron, Instant time) {
    ObjectNode job =
        Owned.newObject("batch/v1", "Job", cron.key().namespace(), cron.owner().reference());
    ObjectNode meta = job.withObject("/metadata").put("name", cron.jobName(time));
    ObjectNode spec = cron.object().tree().withObject("/spec");
    JsonNode template = spec.path("jobTemplate");
    for (String field : List.of("labels", "annotations")) {
      if (template.path("metadata").has(field)) {
        meta.set(field, template.path("metadata").path(field));
      }
    }
    String zone = spec.path("timeZone").asString("");
    ZoneId place = zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
    meta.withObject("annotations")
        .put(TIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(place)));
    job.set("spec", template.path("spec"));
    return job;
  }

  private Optional<Outcome> writeStatus(CronJobView cron, CronStatus status) {
    if (status.equals(cron.status())) {
      return Optional.empty();
    }
    return statuses.write(cron.object(), status.toJson());
  }
}

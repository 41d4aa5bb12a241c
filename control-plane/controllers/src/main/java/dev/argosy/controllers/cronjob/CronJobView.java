package dev.argosy.controllers.cronjob;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A CronJob as its controller sees it.
 *
 * @param text of the schedule
 * @param schedule empty if it cannot be read
 * @param policy about Jobs that still run: Allow, Forbid, Replace
 * @param deadline how late a Job may start
 */
record CronJobView(
    ApiObject object,
    String text,
    Optional<Schedule> schedule,
    String policy,
    Optional<Duration> deadline,
    boolean suspended,
    History history,
    CronStatus status) {

  /** How many finished Jobs are kept; empty for all. */
  record History(Optional<Integer> successes, Optional<Integer> failures) {}

  static final InformerSpec<CronJobView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.CRON_JOBS), CronJobView::of);

  static CronJobView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    String schedule = spec.path("schedule").asString("");
    return new CronJobView(
        object,
        schedule,
        ScheduleParser.parse(schedule, spec.path("timeZone").asString("")),
        spec.path("concurrencyPolicy").asString("Allow"),
        number(spec, "startingDeadlineSeconds").map(Duration::ofSeconds),
        spec.path("suspend").asBoolean(false),
        new History(
            number(spec, "successfulJobsHistoryLimit"), number(spec, "failedJobsHistoryLimit")),
        CronStatus.of(tree.path("status")));
  }

  private static Optional<Integer> number(JsonNode spec, String field) {
    return Optional.ofNullable(spec.get(field)).map(n -> n.asInt(0));
  }

  ObjectKey key() {
    return object.key();
  }

  String uid() {
    return object.meta().uid();
  }

  Owner owner() {
    return new Owner("batch/v1", "CronJob", object);
  }

  /** From when on times count: the last one there was a Job for, or its creation. */
  Instant since() {
    Instant created = object.meta().creationTimestamp();
    return status.scheduled().orElse(created == null ? Instant.EPOCH : created);
  }

  /** The name of the Job for a time. */
  String jobName(Instant time) {
    return object.name() + "-" + time.getEpochSecond() / 60;
  }
}

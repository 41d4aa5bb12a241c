package dev.argosy.controllers.cronjob;

import dev.argosy.controllers.job.JobView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What to do for a CronJob.
 *
 * @param status as far as it follows from what is seen
 * @param delete Jobs that are too many, or in the way of the next
 * @param start the time for which a Job is to be started
 * @param next when the next time comes
 * @param notes what to tell in events
 */
record CronPlan(
    CronStatus status,
    List<JobView> delete,
    Optional<Instant> start,
    Optional<Instant> next,
    List<Note> notes) {

  /** Above this, somebody should look at the clocks. */
  private static final int MANY = 100;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** One event. */
  record Note(boolean warning, String reason, String message) {}

  CronPlan {
    delete = List.copyOf(delete);
    notes = List.copyOf(notes);
  }

  /**
   * @param jobs that the CronJob owns
   */
  static CronPlan of(CronJobView cron, List<JobView> jobs, Instant now) {
    List<Note> notes = new ArrayList<>();
    CronStatus status = seen(cron, jobs, notes);
    List<JobView> delete = new ArrayList<>(surplus(cron, jobs));
    if (cron.object().meta().deleting() || cron.suspended()) {
      return new CronPlan(status, delete, Optional.empty(), Optional.empty(), notes);
    }
    if (cron.schedule().isEmpty()) {
      notes.add(
          new Note(true, "UnparseableSchedule", "unparseable schedule: \"" + cron.text() + "\""));
      return new CronPlan(status, delete, Optional.empty(), Optional.empty(), notes);
    }
    Schedule schedule = cron.schedule().get();
    Optional<Instant> start = due(cron, schedule, now, notes);
    if (start.isPresent() && !status.active().isEmpty()) {
      if (cron.policy().equals("Forbid")) {
        notes.add(
            new Note(
                false,
                "JobAlreadyActive",
                "Not starting job because prior execution is running and concurrency policy is"
                    + " Forbid"));
        start = Optional.empty();
      } else if (cron.policy().equals("Replace")) {
        CronStatus before = status;
        jobs.stream().filter(job -> before.lists(job.uid())).forEach(delete::add);
        status = new CronStatus(List.of(), status.scheduled(), status.succeeded());
      }
    }
    Instant from = schedule.latest(cron.since(), now).orElse(cron.since());
    return new CronPlan(status, delete, start, schedule.next(from), notes);
  }

  /** Takes finished and missing Jobs from the list of active ones. */
  private static CronStatus seen(CronJobView cron, List<JobView> jobs, List<Note> notes) {
    CronStatus status = cron.status();
    Map<String, JobView> present = new HashMap<>();
    for (JobView job : jobs) {
      present.put(job.uid(), job);
      if (job.finished() && status.lists(job.uid())) {
        String how = job.complete() ? "Complete" : "Failed";
        notes.add(
            new Note(
                false,
                "SawCompletedJob",
                "Saw completed job: " + job.name() + ", condition: " + how));
        status = status.without(job.uid());
      } else if (!job.finished() && !status.lists(job.uid())) {
        notes.add(
            new Note(
                true,
                "UnexpectedJob",
                "Saw a job that the controller did not create or forgot: " + job.name()));
      }
      if (job.complete() && !job.completed().isEmpty()) {
        status = status.succeededAt(Instant.parse(job.completed()));
      }
    }
    for (CronStatus.Ref ref : status.active()) {
      if (!present.containsKey(ref.uid())) {
        notes.add(new Note(false, "MissingJob", "Active job went missing: " + ref.name()));
        status = status.without(ref.uid());
      }
    }
    return status;
  }

  private static List<JobView> surplus(CronJobView cron, List<JobView> jobs) {
    List<JobView> delete = new ArrayList<>();
    cron.history().successes().ifPresent(limit -> delete.addAll(oldest(jobs, true, limit)));
    cron.history().failures().ifPresent(limit -> delete.addAll(oldest(jobs, false, limit)));
    return delete;
  }

  private static List<JobView> oldest(List<JobView> jobs, boolean complete, int limit) {
    List<JobView> kind =
        jobs.stream()
            .filter(job -> job.finished() && job.complete() == complete)
            .sorted(Comparator.comparing(CronPlan::started).thenComparing(JobView::name))
            .toList();
    return kind.subList(0, Math.max(0, kind.size() - limit)).stream()
        .filter(job -> !job.deleting())
        .toList();
  }

  private static Instant started(JobView job) {
    return job.started().isEmpty() ? Instant.MAX : Instant.parse(job.started());
  }

  /** The time for which there should be a Job now. */
  private static Optional<Instant> due(
      CronJobView cron, Schedule schedule, Instant now, List<Note> notes) {
    Instant limit = cron.deadline().map(now::minus).orElse(Instant.MIN);
    Instant from = limit.isAfter(cron.since()) ? limit : cron.since();
    Optional<Instant> latest = schedule.latest(from, now);
    if (latest.isEmpty()) {
      schedule
          .latest(cron.since(), now)
          .filter(missed -> cron.deadline().isPresent())
          .ifPresent(missed ->
              notes.add(
                  new Note(
                      true,
                      "MissSchedule",
                      "Missed scheduled time to start a job: " + DATE.format(missed))));
      return Optional.empty();
    }
    if (missed(schedule, from, now) > MANY) {
      notes.add(
          new Note(
              true,
              "TooManyMissedTimes",
              "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check"
                  + " clock skew"));
    }
    String name = cron.jobName(latest.get());
    boolean known = cron.status().active().stream().anyMatch(ref -> ref.name().equals(name));
    return latest.filter(time -> !known && !cron.status().scheduled().equals(Optional.of(time)));
  }

  /** About how many times have passed, as the first two are apart. */
  private static long missed(Schedule schedule, Instant from, Instant now) {
    Optional<Instant> first = schedule.next(from);
    Optional<Instant> second = first.flatMap(schedule::next);
    if (second.isEmpty()) {
      return 1;
    }
    Duration apart = Duration.between(first.get(), second.get());
    return Duration.between(first.get(), now).dividedBy(apart) + 1;
  }
}

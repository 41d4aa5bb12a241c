package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "CronJob" promises. Tests begin at midnight of 2026-01-01, UTC. */
class CronJobScenarioTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void starts_a_job_at_each_time_and_only_one() {
    create("{\"schedule\":\"*/2 * * * *\"}");
    cluster.elapse(MINUTE);
    assertThat(jobs()).isEmpty();
    cluster.elapse(MINUTE.plusSeconds(5));
    assertThat(jobs()).hasSize(1);
    ApiObject job = jobs().getFirst();
    assertThat(job.name()).isEqualTo("tick-" + (1767225600 / 60 + 2));
    assertThat(job.meta().labels()).containsEntry("of", "tick");
    assertThat(job.meta().annotations())
        .containsEntry("batch.kubernetes.io/cronjob-scheduled-timestamp", "2026-01-01T00:02:00Z");
    assertThat(job.meta().controller().orElseThrow().kind()).isEqualTo("CronJob");
    assertThat(status().path("lastScheduleTime").asString("")).isEqualTo("2026-01-01T00:02:00Z");
    assertThat(status().at("/active/0/name").asString("")).isEqualTo(job.name());
    cluster.crash();
    cluster.elapse(MINUTE.multipliedBy(2));
    assertThat(jobs()).hasSize(2);
    awaitEvent("SuccessfulCreate Created job " + job.name());
  }

  @Test
  void goes_by_its_time_zone() {
    create("{\"schedule\":\"5 9 * * *\",\"timeZone\":\"Asia/Tokyo\"}");
    cluster.elapse(Duration.ofMinutes(4));
    assertThat(jobs()).isEmpty();
    cluster.elapse(MINUTE.plusSeconds(5));
    assertThat(jobs()).hasSize(1);
    assertThat(jobs().getFirst().meta().annotations())
        .containsEntry(
            "batch.kubernetes.io/cronjob-scheduled-timestamp", "2026-01-01T09:05:00+09:00");
  }

  @Test
  void may_forbid_that_two_run_at_once() {
    create("{\"schedule\":\"* * * * *\",\"concurrencyPolicy\":\"Forbid\"}");
    cluster.elapse(Duration.ofMinutes(3));
    assertThat(jobs()).hasSize(1);
    awaitEvent(
        "JobAlreadyActive Not starting job because prior execution is running and concurrency"
            + " policy is Forbid");
    cluster.kubelet.setExit(pod -> Optional.of(0));
    cluster.await("the next", () -> jobs().size() == 2);
  }

  @Test
  void may_replace_what_still_runs() {
    create("{\"schedule\":\"* * * * *\",\"concurrencyPolicy\":\"Replace\"}");
    cluster.elapse(MINUTE.plusSeconds(5));
    String first = jobs().getFirst().name();
    cluster.elapse(MINUTE);
    cluster.await(
        "another",
        () -> jobs().size() == 1 && jobs().stream().noneMatch(j -> j.name().equals(first)));
    assertThat(status().path("active").size()).isEqualTo(1);
  }

  @Test
  void keeps_as_many_finished_jobs_as_it_should() {
    cluster.kubelet.setExit(pod -> Optional.of(0));
    create("{\"schedule\":\"* * * * *\",\"successfulJobsHistoryLimit\":2}");
    cluster.elapse(Duration.ofMinutes(5).plusSeconds(5));
    cluster.await("two jobs", () -> jobs().size() == 2);
    assertThat(status().path("active").isEmpty()).isTrue();
    assertThat(status().path("lastSuccessfulTime").asString("")).isNotEmpty();
    cluster.await(
        "the event",
        () ->
            events().stream()
                .filter(e -> e.startsWith("SawCompletedJob Saw completed job: tick-"))
                .anyMatch(e -> e.endsWith(", condition: Complete")),
        this::events);
  }

  @Test
  void starts_none_while_suspended_and_none_too_late() {
    create("{\"schedule\":\"*/10 * * * *\",\"suspend\":true,\"startingDeadlineSeconds\":60}");
    cluster.elapse(Duration.ofMinutes(12));
    assertThat(jobs()).isEmpty();
    cluster.patch(Kinds.CRON_JOBS, "tick", "{\"spec\":{\"suspend\":false}}");
    cluster.elapse(MINUTE);
    assertThat(jobs()).isEmpty();
    awaitEvent("MissSchedule Missed scheduled time to start a job: Thu, 01 Jan 2026 00:10:00 UTC");
    cluster.elapse(Duration.ofMinutes(8));
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void starts_what_was_missed_meanwhile_once() {
    create("{\"schedule\":\"*/10 * * * *\",\"suspend\":true}");
    cluster.elapse(Duration.ofMinutes(35));
    cluster.patch(Kinds.CRON_JOBS, "tick", "{\"spec\":{\"suspend\":false}}");
    cluster.await("its note", () -> !status().path("lastScheduleTime").isMissingNode());
    assertThat(jobs()).hasSize(1);
    assertThat(status().path("lastScheduleTime").asString("")).isEqualTo("2026-01-01T00:30:00Z");
  }

  @Test
  void a_job_that_is_gone_is_active_no_more() {
    create("{\"schedule\":\"*/10 * * * *\"}");
    cluster.elapse(Duration.ofMinutes(10).plusSeconds(5));
    ApiObject job = jobs().getFirst();
    cluster.client.delete(job.key(), new DeleteOptions(null, "Background", null, null)).orThrow();
    cluster.await("its absence", () -> status().path("active").isEmpty());
    assertThat(jobs()).isEmpty();
  }

  private void create(String json) {
    ObjectNode cron = TestCluster.object("batch/v1", "CronJob", "tick");
    ObjectNode spec = cron.putObject("spec");
    spec.setAll((ObjectNode) Json.mapper().readTree(json));
    ObjectNode template = spec.putObject("jobTemplate");
    template.putObject("metadata").putObject("labels").put("of", "tick");
    template.set("spec", JobScenarioTest.job("{}").path("spec"));
    cluster.create(Kinds.CRON_JOBS, cron);
  }

  private JsonNode status() {
    return cluster.get(Kinds.CRON_JOBS, "tick").path("status");
  }

  private List<ApiObject> jobs() {
    return cluster.list(Kinds.JOBS);
  }

  private void awaitEvent(String event) {
    cluster.await("the event", () -> events().contains(event), this::events);
  }

  private Set<String> events() {
    return cluster.list(Kinds.EVENTS).stream()
        .map(ApiObject::tree)
        .map(e -> e.path("reason").asString("") + " " + e.path("message").asString(""))
        .collect(Collectors.toSet());
  }
}

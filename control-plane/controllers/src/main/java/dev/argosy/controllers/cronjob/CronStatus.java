package dev.argosy.controllers.cronjob;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a CronJob. */
record CronStatus(List<Ref> active, Optional<Instant> scheduled, Optional<Instant> succeeded) {

  /** A Job that was started and has not been seen to finish. */
  record Ref(String namespace, String name, String uid, String version) {
    static Ref to(ApiObject job) {
      return new Ref(job.namespace(), job.name(), job.meta().uid(), Long.toString(job.revision()));
    }
  }

  CronStatus {
    active = List.copyOf(active);
  }

  static CronStatus of(JsonNode status) {
    List<Ref> active = new ArrayList<>();
    for (JsonNode ref : status.path("active")) {
      active.add(
          new Ref(
              ref.path("namespace").asString(""),
              ref.path("name").asString(""),
              ref.path("uid").asString(""),
              ref.path("resourceVersion").asString("")));
    }
    return new CronStatus(
        active, time(status.path("lastScheduleTime")), time(status.path("lastSuccessfulTime")));
  }

  private static Optional<Instant> time(JsonNode node) {
    String text = node.asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  boolean lists(String uid) {
    return active.stream().anyMatch(ref -> ref.uid().equals(uid));
  }

  CronStatus without(String uid) {
    return new CronStatus(
        active.stream().filter(ref -> !ref.uid().equals(uid)).toList(), scheduled, succeeded);
  }

  CronStatus startedAt(Instant time, Ref job) {
    List<Ref> all = new ArrayList<>(active);
    all.add(job);
    return new CronStatus(all, Optional.of(time), succeeded);
  }

  CronStatus succeededAt(Instant time) {
    boolean later = succeeded.filter(s -> !time.isAfter(s)).isEmpty();
    return later ? new CronStatus(active, scheduled, Optional.of(time)) : this;
  }

  ObjectNode toJson() {
    ObjectNode status = Json.object();
    if (!active.isEmpty()) {
      ArrayNode refs = status.putArray("active");
      for (Ref ref : active) {
        refs.addObject()
            .put("apiVersion", "batch/v1")
            .put("kind", "Job")
            .put("name", ref.name())
            .put("namespace", ref.namespace())
            .put("resourceVersion", ref.version())
            .put("uid", ref.uid());
      }
    }
    scheduled.ifPresent(time -> status.put("lastScheduleTime", time.toString()));
    succeeded.ifPresent(time -> status.put("lastSuccessfulTime", time.toString()));
    return status;
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cron jobs: schedule, time zone, the job in the template. */
final class CronJobRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path JOB = SPEC.child("jobTemplate");
  private static final int MAX_NAME = 52;
  private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");
  private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z.\\-_0-9+]{1,14}");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    schedule(spec, false, checks);
    timeZone(spec.path("timeZone"), checks);
    rest(spec, checks);
    String name = object.path("metadata").path("name").asString("");
    if (name.length() > MAX_NAME) {
      checks.invalid(
          Path.of("metadata").child("name"),
          name,
          "must be no more than " + MAX_NAME + " characters");
    }
  }

  /** Long names, zones in schedules and unknown zones may stay where they have been accepted. */
  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode spec = object.path("spec");
    schedule(spec, old.path("spec").path("schedule").asString("").contains("TZ"), checks);
    if (!spec.path("timeZone").equals(old.path("spec").path("timeZone"))) {
      timeZone(spec.path("timeZone"), checks);
    }
    rest(spec, checks);
  }

  private static void schedule(JsonNode spec, boolean zoneAllowed, Checks checks) {
    String schedule = spec.path("schedule").asString("");
    Path path = SPEC.child("schedule");
    if (schedule.isEmpty()) {
      checks.required(path, "");
      return;
    }
    String problem = CronSyntax.problem(schedule);
    if (!problem.isEmpty()) {
      checks.invalid(path, schedule, problem);
    }
    if (schedule.contains("TZ") && !zoneAllowed) {
      checks.invalid(
          path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    } else if (schedule.contains("TZ") && spec.has("timeZone")) {
      checks.invalid(
          path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }
  }

  private static void timeZone(JsonNode zone, Checks checks) {
    if (zone.isMissingNode()) {
      return;
    }
    String name = zone.asString("");
    Path path = SPEC.child("timeZone");
    if (name.isEmpty()) {
      checks.invalid(path, name, "timeZone must be nil or non-empty string");
      return;
    }
    for (String part : name.split("/", -1)) {
      boolean wrong = part.equals(".") || part.equals("..") || part.startsWith("-");
      if (wrong || !ZONE_PART.matcher(part).matches()) {
        checks.invalid(path, name, "unknown time zone " + name);
        return;
      }
    }
    if (name.toLowerCase(Locale.ROOT).equals("local")) {
      checks.invalid(
          path,
          name,
          "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    }
    if (!name.equals("UTC") && !ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
      checks.invalid(path, name, "unknown time zone " + name);
    }
  }

  private static void rest(JsonNode spec, Checks checks) {
    checks.nonNegative(SPEC.child("startingDeadlineSeconds"), spec.path("startingDeadlineSeconds"));
    checks.oneOf(
        SPEC.child("concurrencyPolicy"), spec.path("concurrencyPolicy").asString(""), POLICIES);
    job(spec.path("jobTemplate").path("spec"), JOB.child("spec"), checks);
    for (String limit : List.of("successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
      checks.nonNegative(SPEC.child(limit), spec.path(limit));
    }
  }

  private static void job(JsonNode spec, Path path, Checks checks) {
    JobSpecRules.validate(spec, path, checks);
    if (spec.has("selector")) {
      checks.invalid(
          path.child("selector"), spec.path("selector"), "`selector` will be auto-generated");
    }
    if (spec.path("manualSelector").asBoolean(false)) {
      checks.notSupported(
          path.child("manualSelector"), spec.path("manualSelector"), List.of("nil", "false"));
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The spec of a job, also in the template of a cron job. */
final class JobSpecRules {

  private static final List<String> MODES = List.of("NonIndexed", "Indexed");
  private static final List<String> REPLACEMENTS = List.of("Failed", "TerminatingOrFailed");
  private static final List<String> COUNTS =
      List.of(
          "parallelism",
          "completions",
          "activeDeadlineSeconds",
          "backoffLimit",
          "ttlSecondsAfterFinished",
          "backoffLimitPerIndex",
          "maxFailedIndexes");
  private static final int MAX_INDEXED = 100_000;
  private static final int MAX_WHEN_MANY = 10_000;
  private static final int MAX_MANAGER = 63;

  private JobSpecRules() {}

  /** Everything but the selector. */
  static void validate(JsonNode spec, Path path, Checks checks) {
    for (String count : COUNTS) {
      checks.nonNegative(path.child(count), spec.path(count));
    }
    if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
      checks.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
    manager(spec.path("managedBy"), path.child("managedBy"), checks);
    mode(spec, path, checks);
    if (spec.has("podFailurePolicy")) {
      JobPolicyRules.failures(spec, path.child("podFailurePolicy"), checks);
    }
    success(spec, path.child("successPolicy"), checks);
    replacement(spec, path.child("podReplacementPolicy"), checks);
    TemplateRules.template(spec.path("template"), path.child("template"), checks);
    restarts(spec, path.child("template", "spec").child("restartPolicy"), checks);
  }

  private static void manager(JsonNode manager, Path path, Checks checks) {
    if (manager.isMissingNode()) {
      return;
    }
    String name = manager.asString("");
    int slash = name.indexOf('/');
    if (name.isEmpty()) {
      checks.required(path, "");
    } else if (slash <= 0 || slash == name.length() - 1) {
      checks.invalid(path, name, "must be a domain-prefixed path (such as \"acme.io/foo\")");
    } else {
      checks.invalidAll(
          path, name.substring(0, slash), NameRules.dnsSubdomain(name.substring(0, slash)));
      String rest = name.substring(slash + 1);
      if (rest.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '\\')) {
        checks.invalid(path, rest, "Invalid path");
      }
    }
    if (name.length() > MAX_MANAGER) {
      checks.tooLong(path, MAX_MANAGER);
    }
  }

  private static void mode(JsonNode spec, Path path, Checks checks) {
    JsonNode mode = spec.path("completionMode");
    if (!mode.isMissingNode() && !MODES.contains(mode.asString(""))) {
      checks.notSupported(path.child("completionMode"), mode.asString(""), MODES);
    }
    if (mode.asString("").equals("Indexed")) {
      indexed(spec, path, checks);
      return;
    }
    if (mode.isMissingNode() || mode.asString("").equals("NonIndexed")) {
      for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
        if (spec.has(field)) {
          checks.invalid(path.child(field), spec.path(field), "requires indexed completion mode");
        }
      }
    }
  }

  private static void indexed(JsonNode spec, Path path, Checks checks) {
    JsonNode completions = spec.path("completions");
    JsonNode failed = spec.path("maxFailedIndexes");
    if (completions.isMissingNode()) {
      checks.required(path.child("completions"), "when completion mode is Indexed");
    }
    String most = "must be less than or equal to " + MAX_INDEXED;
    above(
        spec, "parallelism", MAX_INDEXED, path, most + " when completion mode is Indexed", checks);
    if (!completions.isMissingNode() && failed.asLong(0) > completions.asLong(0)) {
      checks.invalid(
          path.child("maxFailedIndexes"), failed, "must be less than or equal to completions");
    }
    above(spec, "maxFailedIndexes", MAX_INDEXED, path, most, checks);
    if (completions.asLong(0) > MAX_INDEXED && spec.has("backoffLimitPerIndex")) {
      many(spec, path, checks);
    }
  }

  private static void many(JsonNode spec, Path path, Checks checks) {
    if (!spec.has("maxFailedIndexes")) {
      checks.required(
          path.child("maxFailedIndexes"),
          "must be specified when completions is above " + MAX_INDEXED);
    }
    String most =
        "must be less than or equal to "
            + MAX_WHEN_MANY
            + " when completions are above "
            + MAX_INDEXED
            + " and used with backoff limit per index";
    above(spec, "parallelism", MAX_WHEN_MANY, path, most, checks);
    above(spec, "maxFailedIndexes", MAX_WHEN_MANY, path, most, checks);
  }

  private static void above(
      JsonNode spec, String field, long most, Path path, String message, Checks checks) {
    if (spec.path(field).asLong(0) > most) {
      checks.invalid(path.child(field), spec.path(field), message);
    }
  }

  private static void success(JsonNode spec, Path path, Checks checks) {
    JsonNode policy = spec.path("successPolicy");
    if (policy.isMissingNode()) {
      return;
    }
    if (!spec.path("completionMode").asString("").equals("Indexed")) {
      checks.invalid(path, policy, "requires indexed completion mode");
    } else {
      JobPolicyRules.success(spec, path, checks);
    }
  }

  private static void replacement(JsonNode spec, Path path, Checks checks) {
    JsonNode policy = spec.path("podReplacementPolicy");
    if (policy.isMissingNode()) {
      return;
    }
    List<String> allowed = spec.has("podFailurePolicy") ? List.of("Failed") : REPLACEMENTS;
    if (!allowed.contains(policy.asString(""))) {
      checks.notSupported(path, policy.asString(""), allowed);
    }
  }

  private static void restarts(JsonNode spec, Path path, Checks checks) {
    String restart = spec.path("template").path("spec").path("restartPolicy").asString("");
    switch (restart) {
      case "", "Always" -> checks.required(path, "valid values: \"OnFailure\", \"Never\"");
      case "OnFailure", "Never" -> {
        if (spec.has("podFailurePolicy") && !restart.equals("Never")) {
          checks.invalid(
              path, restart, "only \"Never\" is supported when podFailurePolicy is specified");
        }
      }
      default -> checks.notSupported(path, restart, List.of("OnFailure", "Never"));
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** When a job's pods count as failed, and when the job as a success before all have run. */
final class JobPolicyRules {

  private static final int MAX_RULES = 20;
  private static final int MAX_CODES = 255;
  private static final int MAX_INDEX_TEXT = 64 * 1024;
  private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
  private static final List<String> OPERATORS = List.of("In", "NotIn");
  private static final List<String> STATES = List.of("False", "True", "Unknown");

  private JobPolicyRules() {}

  static void failures(JsonNode spec, Path path, Checks checks) {
    JsonNode rules = spec.path("podFailurePolicy").path("rules");
    Path at = path.child("rules");
    if (rules.size() > MAX_RULES) {
      checks.tooMany(at, rules.size(), MAX_RULES);
    }
    Set<String> containers = new HashSet<>();
    JsonNode pod = spec.path("template").path("spec");
    for (String list : List.of("containers", "initContainers")) {
      pod.path(list).forEach(c -> containers.add(c.path("name").asString("")));
    }
    for (int i = 0; i < rules.size(); i++) {
      action(rules.get(i), spec, at.at(i), checks);
      pattern(rules.get(i), containers, at.at(i), checks);
    }
  }

  private static void action(JsonNode rule, JsonNode spec, Path path, Checks checks) {
    String action = rule.path("action").asString("");
    Path at = path.child("action");
    if (action.equals("FailIndex") && !spec.has("backoffLimitPerIndex")) {
      checks.invalid(at, action, "requires the backoffLimitPerIndex to be set");
    }
    word(action, ACTIONS, at, checks);
  }

  /** One of some words, which an error lists when none is given. */
  private static void word(String word, List<String> words, Path path, Checks checks) {
    if (word.isEmpty()) {
      String quoted = String.join(" ", words.stream().map(w -> '"' + w + '"').toList());
      checks.required(path, "valid values: [" + quoted + "]");
    } else if (!words.contains(word)) {
      checks.notSupported(path, word, words);
    }
  }

  private static void pattern(JsonNode rule, Set<String> containers, Path path, Checks checks) {
    boolean codes = rule.has("onExitCodes");
    JsonNode conditions = rule.path("onPodConditions");
    if (codes) {
      exitCodes(rule.path("onExitCodes"), containers, path.child("onExitCodes"), checks);
    }
    conditions(conditions, path.child("onPodConditions"), checks);
    if (codes && !conditions.isEmpty()) {
      checks.invalid(path, "specifying both OnExitCodes and OnPodConditions is not supported");
    } else if (!codes && conditions.isEmpty()) {
      checks.invalid(path, "specifying one of OnExitCodes and OnPodConditions is required");
    }
  }

  private static void conditions(JsonNode conditions, Path path, Checks checks) {
    if (conditions.size() > MAX_RULES) {
      checks.tooMany(path, conditions.size(), MAX_RULES);
    }
    for (int i = 0; i < conditions.size(); i++) {
      String type = conditions.get(i).path("type").asString("");
      checks.invalidAll(path.at(i).child("type"), type, LabelRules.qualifiedName(type));
      String status = conditions.get(i).path("status").asString("");
      word(status, STATES, path.at(i).child("status"), checks);
    }
  }

  private static void exitCodes(JsonNode codes, Set<String> containers, Path path, Checks checks) {
    String operator = codes.path("operator").asString("");
    word(operator, OPERATORS, path.child("operator"), checks);
    JsonNode container = codes.path("containerName");
    if (!container.isMissingNode() && !containers.contains(container.asString(""))) {
      checks.invalid(
          path.child("containerName"),
          container,
          "must be one of the container or initContainer names in the pod template");
    }
    JsonNode values = codes.path("values");
    if (values.isEmpty()) {
      checks.invalid(path.child("values"), values, "at least one value is required");
    } else if (values.size() > MAX_CODES) {
      checks.tooMany(path.child("values"), values.size(), MAX_CODES);
    }
    values(values, operator, path.child("values"), checks);
  }

  private static void values(JsonNode values, String operator, Path path, Checks checks) {
    Set<Long> seen = new HashSet<>();
    boolean ordered = true;
    for (int i = 0; i < values.size(); i++) {
      long value = values.get(i).asLong(0);
      if (operator.equals("In") && value == 0) {
        checks.invalid(path.at(i), value, "must not be 0 for the In operator");
      }
      if (!seen.add(value)) {
        checks.duplicate(path.at(i), values.get(i));
      }
      ordered &= i == 0 || values.get(i - 1).asLong(0) <= value;
    }
    if (!ordered) {
      checks.invalid(path, values, "must be ordered");
    }
  }

  static void success(JsonNode spec, Path path, Checks checks) {
    JsonNode rules = spec.path("successPolicy").path("rules");
    Path at = path.child("rules");
    if (rules.isEmpty()) {
      checks.required(
          at, "at least one rules must be specified when the successPolicy is specified");
    } else if (rules.size() > MAX_RULES) {
      checks.tooMany(at, rules.size(), MAX_RULES);
    }
    long completions = spec.path("completions").asLong(0);
    for (int i = 0; i < rules.size(); i++) {
      successRule(rules.get(i), completions, at.at(i), checks);
    }
  }

  private static void successRule(JsonNode rule, long completions, Path path, Checks checks) {
    JsonNode indexes = rule.path("succeededIndexes");
    JsonNode count = rule.path("succeededCount");
    if (indexes.isMissingNode() && count.isMissingNode()) {
      checks.required(path, "at least one of succeededCount or succeededIndexes must be specified");
    }
    long named = Long.MAX_VALUE;
    if (!indexes.isMissingNode()) {
      named = indexes(indexes.asString(""), completions, path.child("succeededIndexes"), checks);
    }
    if (count.isMissingNode()) {
      return;
    }
    Path at = path.child("succeededCount");
    checks.nonNegative(at, count);
    String most = "must be less than or equal to ";
    if (count.asLong(0) > completions) {
      checks.invalid(at, count, most + completions + " (the number of specified completions)");
    }
    if (count.asLong(0) > named) {
      checks.invalid(
          at,
          count,
          most + named + " (the number of indexes in the specified succeededIndexes field)");
    }
  }

  private static long indexes(String text, long completions, Path path, Checks checks) {
    if (text.length() > MAX_INDEX_TEXT) {
      checks.tooLong(path, MAX_INDEX_TEXT);
    }
    Indexes parsed = Indexes.parse(text, completions);
    if (!parsed.problem().isEmpty()) {
      checks.invalid(path, text, "error parsing succeededIndexes: " + parsed.problem());
    }
    return parsed.count();
  }
}

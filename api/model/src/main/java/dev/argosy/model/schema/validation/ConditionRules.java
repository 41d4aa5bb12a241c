package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Conditions of the common form ({@code metav1.Condition}). */
final class ConditionRules {

  static final List<String> STATUSES = List.of("False", "True", "Unknown");

  private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");
  private static final int MAX_REASON = 1024;
  private static final int MAX_MESSAGE = 32 * 1024;

  private ConditionRules() {}

  static void validate(JsonNode conditions, Path path, Checks checks) {
    Set<String> types = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      String type = conditions.get(i).path("type").asString("");
      if (!types.add(type)) {
        checks.duplicate(path.at(i).child("type"), type);
      }
      condition(conditions.get(i), type, path.at(i), checks);
    }
  }

  private static void condition(JsonNode condition, String type, Path path, Checks checks) {
    if (type.isEmpty()) {
      checks.required(path.child("type"), "");
    } else {
      checks.invalidAll(path.child("type"), type, LabelRules.qualifiedName(type));
    }
    String status = condition.path("status").asString("");
    if (!STATUSES.contains(status)) {
      checks.notSupported(path.child("status"), status, STATUSES);
    }
    checks.nonNegative(path.child("observedGeneration"), condition.path("observedGeneration"));
    if (condition.path("lastTransitionTime").asString("").isEmpty()) {
      checks.required(path.child("lastTransitionTime"), "must be set");
    }
    String reason = condition.path("reason").asString("");
    if (reason.isEmpty()) {
      checks.required(path.child("reason"), "must be set");
    } else if (reason.length() > MAX_REASON) {
      checks.tooLong(path.child("reason"), MAX_REASON);
    } else if (!REASON.matcher(reason).matches()) {
      checks.invalid(
          path.child("reason"),
          reason,
          "a condition reason must start with alphabetic character, optionally followed by a"
              + " string of alphanumeric characters or '_,:', and must end with an alphanumeric"
              + " character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or"
              + " 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is"
              + " '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')");
    }
    String message = condition.path("message").asString("");
    if (message.getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE) {
      checks.tooLong(path.child("message"), MAX_MESSAGE);
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** When a container is started again: after it ended, or when it is resized. */
final class RestartRules {

  private static final List<String> POLICIES = List.of("Always", "Never", "OnFailure");
  private static final List<String> OPERATORS = List.of("In", "NotIn");
  private static final List<String> RESIZABLE = List.of("cpu", "memory");
  private static final List<String> RESIZE = List.of("NotRequired", "RestartContainer");
  private static final int MAX_RULES = 20;
  private static final int MAX_CODES = 255;

  private RestartRules() {}

  /** Whether a container is begun anew after it ended: by one of its rules, else by its policy. */
  static boolean restarts(JsonNode container, String podPolicy, int exitCode) {
    boolean ruled =
        container
            .path("restartPolicyRules")
            .valueStream()
            .anyMatch(rule -> meets(rule.path("exitCodes"), exitCode));
    return ruled
        || switch (container.path("restartPolicy").asString(podPolicy)) {
          case "Never" -> false;
          case "OnFailure" -> exitCode != 0;
          default -> true;
        };
  }

  private static boolean meets(JsonNode codes, int exitCode) {
    boolean listed = codes.path("values").valueStream().anyMatch(v -> v.asInt(-1) == exitCode);
    return listed == codes.path("operator").asString("").equals("In");
  }

  static void validate(JsonNode container, String podPolicy, Path path, Checks checks) {
    String policy = container.path("restartPolicy").asString("");
    if (!policy.isEmpty() && !POLICIES.contains(policy)) {
      checks.notSupported(path.child("restartPolicy"), policy, POLICIES);
    }
    JsonNode rules = container.path("restartPolicyRules");
    if (!rules.isEmpty()) {
      rules(rules, policy, path, checks);
    }
    resize(container.path("resizePolicy"), podPolicy, path.child("resizePolicy"), checks);
  }

  private static void rules(JsonNode rules, String policy, Path path, Checks checks) {
    Path at = path.child("restartPolicyRules");
    if (policy.isEmpty()) {
      checks.required(
          path.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
    }
    if (rules.size() > MAX_RULES) {
      checks.tooMany(at, rules.size(), MAX_RULES);
    }
    for (int i = 0; i < rules.size(); i++) {
      JsonNode rule = rules.get(i);
      checks.oneOf(at.at(i).child("action"), rule.path("action").asString(""), List.of("Restart"));
      if (rule.has("exitCodes")) {
        exitCodes(rule.path("exitCodes"), at.at(i).child("exitCodes"), checks);
      } else {
        checks.required(at.at(i).child("exitCodes"), "must be specified");
      }
    }
  }

  private static void exitCodes(JsonNode codes, Path path, Checks checks) {
    checks.oneOf(path.child("operator"), codes.path("operator").asString(""), OPERATORS);
    JsonNode values = codes.path("values");
    if (values.isEmpty()) {
      checks.required(path.child("values"), "must specify at least one value");
    } else if (values.size() > MAX_CODES) {
      checks.tooMany(path.child("values"), values.size(), MAX_CODES);
    }
  }

  private static void resize(JsonNode policies, String podPolicy, Path path, Checks checks) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < policies.size(); i++) {
      String name = policies.get(i).path("resourceName").asString("");
      String policy = policies.get(i).path("restartPolicy").asString("");
      if (!names.add(name)) {
        checks.duplicate(path.at(i), name);
      }
      checks.oneOf(path.at(i).child("resourceName"), name, RESIZABLE);
      checks.oneOf(path.at(i).child("restartPolicy"), policy, RESIZE);
      if (podPolicy.equals("Never") && policy.equals("RestartContainer")) {
        checks.invalid(
            path.at(i).child("restartPolicy"),
            policy,
            "must be 'NotRequired' when `restartPolicy` is 'Never'");
      }
    }
  }
}
